using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>Reads a listing to its proven end: page after page, or, where it is cut by position, many pages at once.</summary>
internal sealed class ListingPager<TBody, TRow>(RequestSender sender, SentryRequest request, JsonTypeInfo<TBody> type, Func<TBody, List<TRow>> rows)
    where TBody : class where TRow : class, IKeyed
{
    private const int SmallestWindow = 2;
    private const int LargestWindow = 32;

    /// <summary>Follows the cursors, one page in memory.</summary>
    public async IAsyncEnumerable<SentryPage<TRow>> InTurnAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new PageGuard(sender.MaxPages);
        for (var page = await ReadAsync(request, cancellationToken); ; page = await ReadAsync(NextOf(page), cancellationToken))
        {
            guard.Check(page.Request, page.Cursor, page.Rows);
            yield return new SentryPage<TRow>(page.Rows, page.Whole);
            if (IsLast(page))
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// All pages. Where the cursor counts pages, the next ones are asked for together: as many as are expected, or else a quarter of what was read so far, so that an
    /// end that comes early wastes few requests. Where it does not, the cursors are followed.
    /// </summary>
    /// <param name="expected">About how many pages there are; 0 when not known.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<IReadOnlyList<TRow>>> AheadAsync(int expected, CancellationToken cancellationToken)
    {
        var guard = new PageGuard(sender.MaxPages);
        List<IReadOnlyList<TRow>> read = [];
        Page[] window = [await ReadAsync(request, cancellationToken)];
        while (true)
        {
            foreach (var page in window)
            {
                guard.Check(page.Request, page.Cursor, page.Rows);
                read.Add(page.Rows);
                if (IsLast(page))
                {
                    return read;
                }
            }

            window = await ReadWindowAsync(window[^1], read.Count, expected, cancellationToken);
        }
    }

    private async Task<Page[]> ReadWindowAsync(Page last, int read, int expected, CancellationToken cancellationToken)
    {
        if (last.Cursor != OffsetCursor.Of(read) || last.Rows.Count != OffsetCursor.PageSize)
        {
            return [await ReadAsync(NextOf(last), cancellationToken)];
        }

        var size = Math.Min(expected > read ? expected - read : Math.Max(read / 4, SmallestWindow), LargestWindow);
        return await Task.WhenAll(Enumerable.Range(read, size).Select(page => ReadAsync(request.With("cursor", OffsetCursor.Of(page)), cancellationToken)));
    }

    private async Task<Page> ReadAsync(SentryRequest page, CancellationToken cancellationToken)
    {
        var answer = await sender.SendAsync(page, type, cancellationToken);
        return new(page, rows(answer.Body ?? throw Failures.NotSentry(page, answer.Status)), answer.Next, answer.Cursor, answer.Whole);
    }

    private SentryRequest NextOf(Page page) => request.With("cursor", page.Cursor);

    private static bool IsLast(Page page) => page.Next switch
    {
        NextPage.More => false,
        NextPage.Broken => throw Failures.BrokenPaging(page.Request, "says there is more without saying how to read it"),
        _ => true,
    };

    private sealed record Page(SentryRequest Request, List<TRow> Rows, NextPage Next, string? Cursor, SentryCount? Whole);
}
