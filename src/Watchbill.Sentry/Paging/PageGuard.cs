using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>
/// Ends a listing that never would: the same cursor again, the same page again (Sentry's cursor <c>0:n:0</c> gives page one for every n),
/// or more pages than allowed. Also refuses a page with a hole in it.
/// </summary>
internal sealed class PageGuard(int maxPages)
{
    private readonly HashSet<string> _cursors = [];
    private (string First, string Last, int Count) _previous;
    private int _pages;

    public void Check<T>(SentryRequest request, string? nextCursor, List<T> rows) where T : class, IKeyed
    {
        if (rows.Exists(row => row is null))
        {
            throw Failures.InvalidJson(request, "null in a list");
        }
        if (++_pages > maxPages)
        {
            throw Failures.Looping(request, $"has more than {maxPages} pages");
        }
        if (nextCursor is not null && !_cursors.Add(nextCursor))
        {
            throw Failures.Looping(request, "gave the same cursor twice");
        }
        var page = rows.Count == 0 ? default : (rows[0].Key, rows[^1].Key, rows.Count);
        if (page != default && page == _previous)
        {
            throw Failures.Looping(request, "gave the same page twice");
        }
        _previous = page;
    }
}
