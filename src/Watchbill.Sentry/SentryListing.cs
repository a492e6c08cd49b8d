namespace Watchbill.Sentry;

/// <summary>
/// A list at Sentry, read page by page while it is enumerated. An enumeration that ends without an exception has seen the proven end of the
/// list: a broken, looping or cut-off listing throws <see cref="SentryException"/> and never looks complete. Every enumeration reads again.
/// </summary>
public sealed class SentryListing<T> : IAsyncEnumerable<T>
{
    /// <summary>A list that moves under three reads in a row is changing faster than it can be read.</summary>
    private const int StableAttempts = 3;

    private readonly Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> _read;
    private readonly Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> _readStable;

    internal SentryListing(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> read)
        : this(read, read)
    {
    }

    internal SentryListing(
        Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> read, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> readStable)
    {
        _read = read;
        _readStable = readStable;
    }

    /// <summary>The rows in Sentry's own pages, at most one page in memory.</summary>
    public IAsyncEnumerable<IReadOnlyList<T>> Pages(CancellationToken cancellationToken = default) => _read(cancellationToken);

    /// <summary>
    /// All rows in one list, proven not to have moved while they were read. Sentry cuts its lists by position: a row deleted meanwhile pulls
    /// the later ones forward, and one of them falls between two pages unseen. So a list of several pages costs one request more, its last
    /// page again, and is read anew when that page or a row seen twice tells that something moved.
    /// </summary>
    /// <exception cref="SentryException">As for every read; <see cref="SentryFailureKind.ListingMoved"/> when it moved three times in a row.</exception>
    public async Task<List<T>> ToStableListAsync(CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                List<T> rows = [];
                await foreach (var page in _readStable(cancellationToken))
                {
                    rows.AddRange(page);
                }
                return rows;
            }
            catch (SentryException moved) when (moved.Kind == SentryFailureKind.ListingMoved && attempt < StableAttempts)
            {
                // What was read is dropped: only a whole read counts.
            }
        }
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
