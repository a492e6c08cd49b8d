using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>Counts through a SCIM listing until as many rows were seen as the server announced.</summary>
internal static class ScimPager
{
    private const int PageSize = 100;

    public static SentryListing<T> List<T>(RequestSender sender, SentryRequest request, JsonTypeInfo<ScimPage<T>> type) where T : class, IKeyed =>
        new(cancellationToken => ReadAsync(sender, request, type, cancellationToken), static row => row.Key);

    private static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        RequestSender sender, SentryRequest request, JsonTypeInfo<ScimPage<T>> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKeyed
    {
        var guard = new PageGuard(sender.MaxPages);
        var seen = 0;
        int total;
        do
        {
            var page = request.With("startIndex", (seen + 1).ToString()).With("count", PageSize.ToString());
            var answer = await sender.GetAsync(page, type, cancellationToken);
            guard.Check(page, null, answer.Resources);
            total = answer.TotalResults;
            if (answer.Resources.Count == 0 && seen < total)
            {
                throw Failures.BrokenPaging(page, $"ended after {seen} of {total} rows");
            }
            seen += answer.Resources.Count;
            yield return answer.Resources;
        }
        while (seen < total);
    }
}
