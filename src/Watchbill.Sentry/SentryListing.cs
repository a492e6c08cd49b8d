using Watchbill.Sentry.Paging;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>
/// A list at Sentry, read page by page while it is enumerated. An enumeration that ends without an exception has seen the proven end of the
/// list: a broken, looping or cut-off listing throws <see cref="SentryException"/> and never looks complete. Every enumeration reads again.
/// </summary>
public sealed class SentryListing<T> : IAsyncEnumerable<T>
{
    /// <summary>A list that moves under so many reads in a row is changing faster than it can be read.</summary>
    private const int StableAttempts = 4;

    private readonly Func<CancellationToken, IAsyncEnumerable<SentryPage<T>>> _read;
    private readonly Func<int, CancellationToken, Task<IReadOnlyList<IReadOnlyList<T>>>> _readAhead;
    private readonly Func<T, string> _key;

    internal SentryListing(
        Func<CancellationToken, IAsyncEnumerable<SentryPage<T>>> read,
        Func<int, CancellationToken, Task<IReadOnlyList<IReadOnlyList<T>>>> readAhead,
        Func<T, string> key)
    {
        _read = read;
        _readAhead = readAhead;
        _key = key;
    }

    /// <summary>The rows in Sentry's own pages, at most one page in memory.</summary>
    public IAsyncEnumerable<SentryPage<T>> Pages(CancellationToken cancellationToken = default) => _read(cancellationToken);

    /// <summary>
    /// All rows in one list, proven not to have moved while they were read. Sentry cuts its lists by position: a row deleted or inserted
    /// meanwhile moves the later ones, and one of them falls between two pages unseen. A list of one page cannot move; a longer one is
    /// read until two whole reads in a row agree, so it costs at least twice its pages. Where pages can be asked for ahead, they are read at once.
    /// </summary>
    /// <param name="suffices">
    /// Whether a first read of several pages is enough for the caller, because it says what was known already, for example; null when it never is.
    /// </param>
    /// <param name="expected">About how many rows there are; 0 when not known.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="SentryException">As for every read; <see cref="SentryFailureKind.ListingMoved"/> when no two reads agreed.</exception>
    public async Task<List<T>> ToStableListAsync(
        Func<IReadOnlyList<T>, bool>? suffices = null, long expected = 0, CancellationToken cancellationToken = default)
    {
        List<T>? previous = null;
        var expectedPages = (int)Math.Min((expected + OffsetCursor.PageSize - 1) / OffsetCursor.PageSize, int.MaxValue);
        for (var attempt = 1; attempt <= StableAttempts; attempt++)
        {
            var pages = await _readAhead(expectedPages, cancellationToken);
            List<T> rows = [.. pages.SelectMany(static page => page)];
            if (pages.Count <= 1
                || (previous is null && suffices?.Invoke(rows) is true)
                || (previous is not null && rows.Select(_key).SequenceEqual(previous.Select(_key))))
            {
                return rows;
            }

            previous = rows;
            expectedPages = pages.Count;
        }

        throw Failures.ListingMoved();
    }

    /// <summary>All rows in one list.</summary>
    public async Task<List<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        List<T> rows = [];
        await foreach (var page in Pages(cancellationToken))
        {
            rows.AddRange(page);
        }

        return rows;
    }

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in Pages(cancellationToken))
        {
            foreach (var row in page)
            {
                yield return row;
            }
        }
    }
}
