using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Paging;

/// <summary>
/// The paginators that work on a falling key: DateTime (key = milliseconds, rounded up) and Sequence (key = a score). A cursor names a key
/// and how many rows of that key to skip.
/// </summary>
internal static class Keyset
{
    /// <param name="call">Where <c>per_page</c> and <c>cursor</c> are read.</param>
    /// <param name="from">Rows in falling order, starting with the first whose key is not above the argument (null = from the top).</param>
    /// <param name="key">A row's key.</param>
    /// <param name="sizeParameter">Name of the page size parameter.</param>
    /// <returns>The rows of the page and its Link header, or a refusal.</returns>
    public static (IReadOnlyList<T> Rows, string Link, Answer? Refusal) Page<T>(
        Call call, Func<double?, IEnumerable<T>> from, Func<T, double> key, string sizeParameter = "per_page")
    {
        var (request, refusal) = PageRequest.Read(call, sizeParameter);
        if (refusal is not null)
        {
            return ([], "", refusal);
        }

        return request.Cursor is { IsPrevious: true } back ? Backward(call, from, key, back, request.PerPage) : Forward(call, from, key, request);
    }

    /// <summary>
    /// Milliseconds of an instant, rounded up, as listings that fall by date use them. Whole numbers all the way: a double cannot tell an instant
    /// just after a millisecond from the millisecond, and the row would be lost between two pages.
    /// </summary>
    public static double Milliseconds(DateTimeOffset instant) =>
        ((instant - DateTimeOffset.UnixEpoch).Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    private static (IReadOnlyList<T>, string, Answer?) Forward<T>(Call call, Func<double?, IEnumerable<T>> from, Func<T, double> key, PageRequest request)
    {
        var skip = (int)(request.Cursor?.Offset ?? 0);
        List<T> found = [.. from(request.Cursor?.Value).Skip(skip).Take(request.PerPage + 1)];
        var hasNext = found.Count > request.PerPage;
        var rows = found.Take(request.PerPage).ToList();
        var next = hasNext ? NextCursor(rows, key(found[^1]), key, request.Cursor) : new Cursor(request.Cursor?.Value ?? 0, skip + rows.Count, false);
        var previous = new Cursor(rows.Count > 0 ? key(rows[0]) : request.Cursor?.Value ?? 0, skip, true);
        return (rows, Link.Header(call, previous, request.Cursor is not null, next, hasNext), null);
    }

    private static Cursor NextCursor<T>(List<T> rows, double nextKey, Func<T, double> key, Cursor? cursor)
    {
        var shown = rows.Count(row => key(row) == nextKey);
        var before = cursor is { } current && current.Value == nextKey ? current.Offset : 0;
        return new Cursor(nextKey, shown + before, false);
    }

    // Everything above the boundary is a prefix of the whole list; the page before it is that prefix's end.
    private static (IReadOnlyList<T>, string, Answer?) Backward<T>(
        Call call, Func<double?, IEnumerable<T>> from, Func<T, double> key, Cursor cursor, int perPage)
    {
        List<T> above = [.. from(null).TakeWhile(row => key(row) > cursor.Value)];
        var rows = above.Skip(Math.Max(0, above.Count - perPage)).ToList();
        var first = rows.Count > 0 ? key(rows[0]) : cursor.Value;
        var link = Link.Header(call, new Cursor(first, 0, true), above.Count > perPage, new Cursor(cursor.Value, 0, false), true);
        return (rows, link, null);
    }
}
