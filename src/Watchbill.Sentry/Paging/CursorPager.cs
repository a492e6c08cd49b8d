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
        var guard = new PageGuard(sender.MaxPages);
        for (var page = request; ;)
        {
            var answer = await sender.SendAsync(page, type, cancellationToken);
            var found = rows(answer.Body ?? throw Failures.NotSentry(page, answer.Status));
            guard.Check(page, answer.Cursor, found);
            yield return found;
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
