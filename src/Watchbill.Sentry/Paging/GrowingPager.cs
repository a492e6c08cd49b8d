using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>
/// Reads a listing that only grows at its end (rows sorted by id), proof against rows that are removed meanwhile. Sentry cuts lists by position, so a row
/// removed pulls the later ones forward, and one of them may slip into a page that was read already.
/// <para>
/// First all pages at once, between two reads of the last one. Every removal and every addition changes the last page, so when it reads the same before
/// and after and no row came twice, nothing moved in between. When something did, the list is read again from its last page to its first: read backward,
/// a row that moves can only be seen twice. A row added meanwhile comes after the end and belongs to the next read.
/// </para>
/// </summary>
internal sealed class GrowingPager<TRow, T>(RequestSender sender, SentryRequest request, JsonTypeInfo<List<TRow>> type, Func<TRow, T> keep)
    where TRow : class, IKeyed
{
    private readonly SortedDictionary<int, List<KeptRow>> _pages = [];
    private int _reads;

    /// <summary>What to keep of all rows, in the list's order.</summary>
    /// <param name="expected">About how many rows there are; saves the search for the last page. 0 when not known.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<List<T>> ReadAsync(int expected, CancellationToken cancellationToken)
    {
        if (expected <= OffsetCursor.PageSize && (await ReadPageAsync(0, cancellationToken)).Next != NextPage.More)
        {
            return [.. _pages[0].Select(static row => row.Kept)];
        }

        var last = await FindLastAsync(expected, cancellationToken);
        if (!await ReadAtOnceAsync(last, cancellationToken))
        {
            last = await FindLastAsync((last * OffsetCursor.PageSize) + 1, cancellationToken);
            for (var page = last - 1; page >= 0; page--)
            {
                await ReadPageAsync(page, cancellationToken);
            }
        }

        return [.. _pages.TakeWhile(page => page.Key <= last).SelectMany(static page => page.Value).DistinctBy(static row => row.Key).Select(static row => row.Kept)];
    }

    /// <summary>Reads all pages before the last one, which was just read; false when the list moved meanwhile.</summary>
    private async Task<bool> ReadAtOnceAsync(int last, CancellationToken cancellationToken)
    {
        var before = _pages[last];
        await Task.WhenAll(Enumerable.Range(0, last).Select(page => ReadPageAsync(page, cancellationToken)));
        var again = await ReadPageAsync(last, cancellationToken);
        var rows = _pages.TakeWhile(page => page.Key <= last).SelectMany(static page => page.Value).Select(static row => row.Key).ToList();
        return again.Next != NextPage.More
            && before.Select(static row => row.Key).SequenceEqual(_pages[last].Select(static row => row.Key))
            && rows.Count == (last * OffsetCursor.PageSize) + before.Count
            && rows.Distinct(StringComparer.Ordinal).Count() == rows.Count;
    }

    /// <summary>Leaps forward from the guess, then closes in on the end. Past the end Sentry answers an empty page.</summary>
    private async Task<int> FindLastAsync(int expected, CancellationToken cancellationToken)
    {
        var (full, beyond, leap) = (0, int.MaxValue, 1);
        var page = Math.Max(1, (expected - 1) / OffsetCursor.PageSize);
        while (true)
        {
            var answer = await ReadPageAsync(page, cancellationToken);
            if ((_pages[page].Count > 0 || page == 0) && answer.Next != NextPage.More)
            {
                return page;
            }

            if (_pages[page].Count == 0)
            {
                beyond = page;
            }
            else
            {
                full = page;
            }

            if (beyond - full == 1)
            {
                // The page that said there was more is the last one now: rows were removed, and it has to be read again.
                (page, beyond, leap) = (full, int.MaxValue, 1);
                continue;
            }

            page = beyond < int.MaxValue ? full + ((beyond - full) / 2) : full + leap;
            leap *= 2;
        }
    }

    private async Task<SentryAnswer<List<TRow>>> ReadPageAsync(int page, CancellationToken cancellationToken)
    {
        if (page >= sender.MaxPages || Interlocked.Increment(ref _reads) > 3 * sender.MaxPages)
        {
            throw Failures.Looping(request, $"has more than {sender.MaxPages} pages");
        }

        var turn = page == 0 ? request : request.With("cursor", OffsetCursor.Of(page));
        var answer = await sender.SendAsync(turn, type, cancellationToken);
        var rows = answer.Body ?? throw Failures.NotSentry(turn, answer.Status);
        if (rows.Exists(static row => row is null))
        {
            throw Failures.InvalidJson(turn, "null in a list");
        }

        if (answer.Next == NextPage.Broken)
        {
            throw Failures.BrokenPaging(turn, "says there is more without saying how to read it");
        }

        if (answer.Next == NextPage.More && answer.Cursor != OffsetCursor.Of(page + 1))
        {
            throw Failures.BrokenPaging(turn, "is cut in another way than by position");
        }

        var kept = rows.ConvertAll(row => new KeptRow(row.Key, keep(row)));
        lock (_pages)
        {
            if (page > 0 && rows.Count > 0 && _pages.TryGetValue(0, out var first) && first.Count > 0 && rows[0].Key == first[0].Key)
            {
                throw Failures.Looping(turn, "gave the same page twice");
            }

            _pages[page] = kept;
        }

        return answer;
    }

    private readonly record struct KeptRow(string Key, T Kept);
}
