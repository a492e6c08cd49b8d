namespace Watchbill.Kernel;

/// <summary>What kind of "no" a refusal is; the border that shows it (HTTP, command line) translates the kind, never the code.</summary>
public enum RefusalKind
{
    /// <summary>The input is wrong; the same call will never succeed.</summary>
    Invalid,

    /// <summary>The thing that was named does not exist, or its existence is not the caller's to know.</summary>
    NotFound,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The thing is not in a state that allows this now.</summary>
    Conflict,

    /// <summary>Something outside Watchbill refused or failed; trying again later may help.</summary>
    Unavailable,

    /// <summary>Tried too often; the same call may succeed after the pause that the message names.</summary>
    TooMany,
}

/// <summary>
/// An expected "no". Refusals are values: a use case returns them, the caller must look at them.
/// </summary>
/// <param name="Kind">What kind of refusal it is.</param>
/// <param name="Code">Stable, kebab-case, listed in the reference; tools may depend on it.</param>
/// <param name="Message">One sentence for a person: what was wrong and what to do. Never holds a secret.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>Makes answers of use cases.</summary>
public static class Result
{
    /// <summary>Wraps a value whose type is an interface, for which the language converts nothing by itself.</summary>
    public static Result<T> Of<T>(T value) => Result<T>.Wrap(value);
}

/// <summary>The answer of a use case that may refuse: a value or a <see cref="Kernel.Refusal"/>, never both.</summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    /// <summary>The refusal; null when the use case did what it was asked.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether the use case did what it was asked.</summary>
    public bool Succeeded => Refusal is null;

    /// <summary>The value. Reading it after a refusal is a bug and throws.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"There is no value: {Refusal}");

    /// <summary>The value as something else, or the same refusal.</summary>
    public Result<TOther> Select<TOther>(Func<T, TOther> select)
    {
        ArgumentNullException.ThrowIfNull(select);
        return Refusal is null ? Result.Of(select(_value!)) : Refusal;
    }

    internal static Result<T> Wrap(T value) => new(value, refusal: null);

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, refusal: null);

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
