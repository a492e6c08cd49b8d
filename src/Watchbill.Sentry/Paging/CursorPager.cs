using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>Follows the cursors of a listing to its proven end.</summary>
internal static class CursorPager
{
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> ReadAsync<TBody, TRow>(
        RequestSender sender, SentryRequest request, JsonTypeInfo<TBody> type, Func<TBody, List<TRow>> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TBody : class where TRow : class, IKeyed
    {
        await foreach (var (found, _) in ReadPagesAsync(sender, request, type, rows, cancellationToken))
        {
            yield return found;
        }
    }

    /// <summary>Reads to the proven end, then proves with the last page that no row moved meanwhile. A single page cannot have.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> ReadStableAsync<TBody, TRow>(
        RequestSender sender, SentryRequest request, JsonTypeInfo<TBody> type, Func<TBody, List<TRow>> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TBody : class where TRow : class, IKeyed
    {
        var seen = new HashSet<string>();
        (List<TRow> Rows, SentryRequest Request) last = ([], request);
        await foreach (var page in ReadPagesAsync(sender, request, type, rows, cancellationToken))
        {
            if (!page.Rows.TrueForAll(row => seen.Add(row.Key)))
            {
                throw Failures.ListingMoved(page.Request);
            }
            last = page;
            yield return page.Rows;
        }
        if (!ReferenceEquals(last.Request, request) && !await IsStillAsync(sender, last, type, rows, cancellationToken))
        {
            throw Failures.ListingMoved(last.Request);
        }
    }

    private static async Task<bool> IsStillAsync<TBody, TRow>(
        RequestSender sender, (List<TRow> Rows, SentryRequest Request) page, JsonTypeInfo<TBody> type, Func<TBody, List<TRow>> rows,
        CancellationToken cancellationToken)
        where TBody : class where TRow : class, IKeyed
    {
        var again = rows(await sender.GetAsync(page.Request, type, cancellationToken));
        return again.Select(row => row.Key).SequenceEqual(page.Rows.Select(row => row.Key));
    }

    private static async IAsyncEnumerable<(List<TRow> Rows, SentryRequest Request)> ReadPagesAsync<TBody, TRow>(
        RequestSender sender, SentryRequest request, JsonTypeInfo<TBody> type, Func<TBody, List<TRow>> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TBody : class where TRow : class, IKeyed
    {
        var guard = new PageGuard(sender.MaxPages);
        for (var page = request; ;)
        {
            var answer = await sender.SendAsync(page, type, cancellationToken);
            var found = rows(answer.Body ?? throw Failures.NotSentry(page, answer.Status));
            guard.Check(page, answer.Cursor, found);
            yield return (found, page);
            switch (answer.Next)
            {
                case NextPage.More:
                    page = request.With("cursor", answer.Cursor);
                    break;
                case NextPage.Broken:
                    throw Failures.BrokenPaging(page, "says there is more without saying how to read it");
                default:
                    yield break;
            }
        }
    }
}
