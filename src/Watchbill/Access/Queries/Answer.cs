using Watchbill.Access.Effective;

namespace Watchbill.Access.Queries;

/// <summary>An answer, the instant it is true of, and how much of it rests on complete and recent reads.</summary>
/// <param name="Value">The answer.</param>
/// <param name="At">The instant.</param>
/// <param name="Freshness">What the answer rests on.</param>
public sealed record Answer<T>(T Value, DateTimeOffset At, Freshness Freshness)
{
    /// <summary>How the question was understood, where that was not evident.</summary>
    public IReadOnlyList<AccessNote> Notes { get; init; } = [];
}

/// <summary>Which part of a list to show.</summary>
/// <param name="Offset">How many lines to leave out.</param>
/// <param name="Limit">How many lines to show at most.</param>
public readonly record struct PageRequest(int Offset, int Limit)
{
    /// <summary>Everything.</summary>
    public static PageRequest All { get; } = new(0, int.MaxValue);
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The lines.</param>
/// <param name="Total">How many lines the whole list has.</param>
/// <param name="Offset">How many lines come before these.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Offset);
