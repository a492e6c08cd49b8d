namespace Watchbill.Sentry;

/// <summary>
/// A list at Sentry, read page by page while it is enumerated. An enumeration that ends without an exception has seen the proven end of the
/// list: a broken, looping or cut-off listing throws <see cref="SentryException"/> and never looks complete. Every enumeration reads again.
/// </summary>
public sealed class SentryListing<T> : IAsyncEnumerable<T>
{
    private readonly Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> _read;

    internal SentryListing(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> read) => _read = read;

    /// <summary>The rows in Sentry's own pages, at most one page in memory.</summary>
    public IAsyncEnumerable<IReadOnlyList<T>> Pages(CancellationToken cancellationToken = default) => _read(cancellationToken);

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
