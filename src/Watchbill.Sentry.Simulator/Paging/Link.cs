using System.Text;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Paging;

/// <summary>The Link header: always both relations, also on the last page, where <c>results</c> is false.</summary>
internal static class Link
{
    public static string Header(Call call, Cursor previous, bool hasPrevious, Cursor next, bool hasNext)
    {
        var url = $"{call.Prefix}{call.Path}?{QueryWithoutCursor(call.QueryString)}&cursor=";
        var header = new StringBuilder();
        Relation(header, url, "previous", hasPrevious, previous);
        header.Append(", ");
        Relation(header, url, "next", hasNext, next);
        return header.ToString();
    }

    private static void Relation(StringBuilder header, string url, string name, bool results, Cursor cursor) =>
        header.Append($"<{url}{cursor}>; rel=\"{name}\"; results=\"{(results ? "true" : "false")}\"; cursor=\"{cursor}\"");

    private static string QueryWithoutCursor(string query) =>
        string.Join('&', query.TrimStart('?').Split('&').Where(part => part.Length > 0 && !part.StartsWith("cursor=", StringComparison.Ordinal)));
}
