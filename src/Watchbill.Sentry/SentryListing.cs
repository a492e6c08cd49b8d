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

    private readonly Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> _read;
    private readonly Func<T, string> _key;

    internal SentryListing(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> read, Func<T, string> key)
    {
        _read = read;
        _key = key;
    }

    /// <summary>The rows in Sentry's own pages, at most one page in memory.</summary>
    public IAsyncEnumerable<IReadOnlyList<T>> Pages(CancellationToken cancellationToken = default) => _read(cancellationToken);

    /// <summary>
    /// All rows in one list, proven not to have moved while they were read. Sentry cuts its lists by position: a row deleted or inserted
    /// meanwhile moves the later ones, and one of them falls between two pages unseen. A list of one page cannot move; a longer one is
    /// read until two whole reads in a row agree, so it costs at least twice its pages.
    /// </summary>
    /// <exception cref="SentryException">As for every read; <see cref="SentryFailureKind.ListingMoved"/> when no two reads agreed.</exception>
    public Task<List<T>> ToStableListAsync(CancellationToken cancellationToken = default) => ToStableListAsync(static _ => false, cancellationToken);

    /// <summary>
    /// As <see cref="ToStableListAsync(CancellationToken)"/>, but a first read that the caller needs no second for is enough: because it says what
    /// was known already, for example.
    /// </summary>
    /// <param name="suffices">Whether the first read, of several pages, is enough.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="SentryException">As for every read; <see cref="SentryFailureKind.ListingMoved"/> when no two reads agreed.</exception>
    public async Task<List<T>> ToStableListAsync(Func<IReadOnlyList<T>, bool> suffices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suffices);
        List<T>? previous = null;
        for (var attempt = 1; attempt <= StableAttempts; attempt++)
        {
            var (rows, pages) = await ReadWholeAsync(cancellationToken);
            if (pages <= 1 || (previous is null && suffices(rows)) || (previous is not null && rows.Select(_key).SequenceEqual(previous.Select(_key))))
            {
                return rows;
            }
            previous = rows;
        }
        throw Failures.ListingMoved();
    }

    /// <summary>All rows in one list.</summary>
    public async Task<List<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        var (rows, _) = await ReadWholeAsync(cancellationToken);
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

    private async Task<(List<T> Rows, int Pages)> ReadWholeAsync(CancellationToken cancellationToken)
    {
        List<T> rows = [];
        var pages = 0;
        await foreach (var page in Pages(cancellationToken))
        {
            rows.AddRange(page);
            pages++;
        }
        return (rows, pages);
    }
}
