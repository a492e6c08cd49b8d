using System.Diagnostics;
using System.Linq.Expressions;
using Watchbill.Storage;

namespace Watchbill.Tests.Storage;

public sealed class WarmingExpressionsTests
{
    [Fact]
    public void What_is_used_often_is_compiled_and_answers_as_before()
    {
        Expression<Func<int, string>> one = first => $"{first} {Way()}";
        Expression<Func<int, string, string>> two = (first, second) => first + second + Way();
        Expression<Func<int, string, object[], string>> three = (first, second, rest) => first + second + rest.Length + Way();

        Assert.Equal(("1 interpreted", "1 compiled"), FirstAndLast((Func<int, string>)WarmingExpressions.FunctionOf(one)!, static function => function(1)));
        Assert.Equal(("1,interpreted", "1,compiled"), FirstAndLast((Func<int, string, string>)WarmingExpressions.FunctionOf(two)!, static function => function(1, ",")));
        Assert.Equal(("1,2interpreted", "1,2compiled"), FirstAndLast((Func<int, string, object[], string>)WarmingExpressions.FunctionOf(three)!, static function => function(1, ",", ["a", "b"])));
    }

    [Fact]
    public void A_failure_is_the_same_whichever_way_it_is_answered()
    {
        Expression<Func<object, int>> expression = static value => (int)value;
        var function = (Func<object, int>)WarmingExpressions.FunctionOf(expression)!;

        for (var use = 0; use < 1000; use++)
        {
            Assert.Throws<InvalidCastException>(() => function("text"));
            Assert.Equal(use, function(use));
        }
    }

    [Fact]
    public void Threads_that_use_it_at_once_all_get_their_answer()
    {
        Expression<Func<int, int>> expression = static value => value * 2;
        var function = (Func<int, int>)WarmingExpressions.FunctionOf(expression)!;

        Assert.Equal(Enumerable.Range(0, 10_000).Select(static value => value * 2), Enumerable.Range(0, 10_000).AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(function));
    }

    [Fact]
    public void Other_kinds_are_left_to_the_library()
    {
        Expression<Action> action = static () => Console.Out.Flush();
        Expression<Predicate<int>> predicate = static value => value > 0;

        Assert.Null(WarmingExpressions.FunctionOf(action));
        Assert.Null(WarmingExpressions.FunctionOf(predicate));
    }

    private static (string First, string Last) FirstAndLast<TFunction>(TFunction function, Func<TFunction, string> use)
    {
        var first = use(function);
        var last = first;
        for (var more = 0; more < 1000; more++)
        {
            last = use(function);
        }

        return (first, last);
    }

    private static string Way() =>
        new StackTrace().GetFrames().Any(static frame => frame.GetMethod()?.DeclaringType?.Namespace == "System.Linq.Expressions.Interpreter") ? "interpreted" : "compiled";
}
