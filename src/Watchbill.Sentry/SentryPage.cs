using System.Collections;

namespace Watchbill.Sentry;

/// <summary>One page of a list.</summary>
public sealed class SentryPage<T> : IReadOnlyList<T>
{
    private readonly IReadOnlyList<T> _rows;

    internal SentryPage(IReadOnlyList<T> rows, SentryCount? whole) => (_rows, Whole) = (rows, whole);

    /// <summary>How long Sentry says the whole list is; null for the lists that it does not count.</summary>
    public SentryCount? Whole { get; }

    /// <summary>How many rows are on this page.</summary>
    public int Count => _rows.Count;

    public T this[int index] => _rows[index];

    public IEnumerator<T> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>How long Sentry says a list is, an estimate that stops somewhere.</summary>
/// <param name="Rows">So many rows, from the header <c>X-Hits</c>.</param>
/// <param name="Most">Sentry counts no further than this, from <c>X-Max-Hits</c>; null when it does not say.</param>
public sealed record SentryCount(long Rows, long? Most)
{
    /// <summary>Whether the list may be longer, because the counting stopped.</summary>
    public bool IsLeast => Most is { } most && Rows >= most;
}
