using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry.Paging;

/// <summary>Counts through a SCIM listing until as many rows were seen as the server announced: the first page says how many there are.</summary>
internal static class ScimPager
{
    private const int PageSize = 100;

    public static SentryListing<T> List<T>(RequestSender sender, SentryRequest request, JsonTypeInfo<ScimPage<T>> type) where T : class, IKeyed =>
        new(
            cancellationToken => ReadAsync(sender, request, type, cancellationToken),
            (_, cancellationToken) => ReadAheadAsync(sender, request, type, cancellationToken),
            static row => row.Key);

    private static async IAsyncEnumerable<SentryPage<T>> ReadAsync<T>(
        RequestSender sender, SentryRequest request, JsonTypeInfo<ScimPage<T>> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IKeyed
    {
        var guard = new PageGuard(sender.MaxPages);
        var seen = 0;
        int total;
        do
        {
            var page = PageAt(request, seen);
            var answer = await sender.GetAsync(page, type, cancellationToken);
            guard.Check(page, null, answer.Resources);
            total = answer.TotalResults;
            if (answer.Resources.Count == 0 && seen < total)
            {
                throw Failures.BrokenPaging(page, $"ended after {seen} of {total} rows");
            }
            seen += answer.Resources.Count;
            yield return new SentryPage<T>(answer.Resources, new SentryCount(total, Most: null));
        }
        while (seen < total);
    }

    /// <summary>The first page, then all others at once. A server may give fewer rows to a page than were asked for, but then to all but the last.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<T>>> ReadAheadAsync<T>(
        RequestSender sender, SentryRequest request, JsonTypeInfo<ScimPage<T>> type, CancellationToken cancellationToken)
        where T : class, IKeyed
    {
        var first = await sender.GetAsync(PageAt(request, 0), type, cancellationToken);
        var (total, size) = (first.TotalResults, first.Resources.Count);
        if (size == 0 && total > 0)
        {
            throw Failures.BrokenPaging(request, $"ended after 0 of {total} rows");
        }

        var starts = Enumerable.Range(1, size == 0 ? 0 : (Math.Max(total, size) - 1) / size).Select(page => page * size).Where(start => start < total).ToList();
        if (starts.Count >= sender.MaxPages)
        {
            throw Failures.Looping(request, $"has more than {sender.MaxPages} pages");
        }

        var rest = await Task.WhenAll(starts.Select(start => sender.GetAsync(PageAt(request, start), type, cancellationToken)));
        var guard = new PageGuard(sender.MaxPages);
        foreach (var page in rest.Prepend(first))
        {
            guard.Check(request, null, page.Resources);
        }

        return rest.All(page => page.TotalResults == total) && size + rest.Sum(static page => page.Resources.Count) >= total
            ? [first.Resources, .. rest.Select(static page => page.Resources)]
            : throw Failures.ListingMoved();
    }

    private static SentryRequest PageAt(SentryRequest request, int start) =>
        request.With("startIndex", (start + 1).ToString()).With("count", PageSize.ToString());
}
