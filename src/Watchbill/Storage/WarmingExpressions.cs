using System.Linq.Expressions;

namespace Watchbill.Storage;

/// <summary>
/// How the data library's expressions become code. It writes some for each query: how a parameter is read, how a value is converted, how a row is made. To compile one takes a millisecond, and most are
/// asked for a few values in the life of a process, so each is interpreted until it has been used often.
/// </summary>
internal static class WarmingExpressions
{
    /// <summary>From then on it is worth it: interpreting takes a few microseconds more each time.</summary>
    private const int UsesUntilCompiled = 256;

    /// <summary>The function of an expression; null when it is of a kind that is compiled at once.</summary>
    public static Delegate? FunctionOf(LambdaExpression expression)
    {
        if (!expression.Type.IsGenericType || KindOf(expression.Type.GetGenericTypeDefinition()) is not { } kind)
        {
            return null;
        }

        var warming = (IWarming)Activator.CreateInstance(kind.MakeGenericType(expression.Type.GetGenericArguments()), expression)!;
        return warming.Function;
    }

    private static Type? KindOf(Type function) =>
        function == typeof(Func<,>) ? typeof(OfOne<,>)
        : function == typeof(Func<,,>) ? typeof(OfTwo<,,>)
        : function == typeof(Func<,,,>) ? typeof(OfThree<,,,>)
        : null;

    private interface IWarming
    {
        Delegate Function { get; }
    }

    private sealed class OfOne<T, TResult>(Expression<Func<T, TResult>> expression) : Warming<Func<T, TResult>>(expression)
    {
        public override Delegate Function => (Func<T, TResult>)(one => Next()(one));
    }

    private sealed class OfTwo<T1, T2, TResult>(Expression<Func<T1, T2, TResult>> expression) : Warming<Func<T1, T2, TResult>>(expression)
    {
        public override Delegate Function => (Func<T1, T2, TResult>)((one, two) => Next()(one, two));
    }

    private sealed class OfThree<T1, T2, T3, TResult>(Expression<Func<T1, T2, T3, TResult>> expression) : Warming<Func<T1, T2, T3, TResult>>(expression)
    {
        public override Delegate Function => (Func<T1, T2, T3, TResult>)((one, two, three) => Next()(one, two, three));
    }

    private abstract class Warming<TFunction>(Expression<TFunction> expression) : IWarming
        where TFunction : Delegate
    {
        private TFunction _function = expression.Compile(preferInterpretation: true);
        private Expression<TFunction>? _expression = expression;
        private int _left = UsesUntilCompiled;

        public abstract Delegate Function { get; }

        /// <summary>What answers now. Uses at the same moment may be counted once: it is compiled a little later, or twice.</summary>
        protected TFunction Next()
        {
            if (_expression is { } waiting && --_left <= 0)
            {
                _function = waiting.Compile();
                _expression = null;
            }

            return _function;
        }
    }
}
