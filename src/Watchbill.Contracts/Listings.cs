using System.ComponentModel.DataAnnotations;

namespace Watchbill.Contracts;

/// <summary>A part of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Total">How many rows the whole list has; null where counting them is not worth it.</param>
/// <param name="Next">The cursor of the next part; null when this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int? Total, string? Next);

/// <summary>Which part of a list is asked for.</summary>
public record PageQuery
{
    /// <summary>The most rows one answer can hold.</summary>
    public const int MaxLimit = 1000;

    /// <summary>How many rows an answer holds when nothing is said.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The most rows in the answer, 1 to 1000; 100 when left out.</summary>
    [Range(1, MaxLimit)]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the part before; left out for the first part. Goes with the filters it was given for, and with no others.</summary>
    [StringLength(500)]
    public string? Cursor { get; init; }
}
