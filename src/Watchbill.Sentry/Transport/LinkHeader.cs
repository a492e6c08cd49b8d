using System.Text.RegularExpressions;

namespace Watchbill.Sentry.Transport;

/// <summary>How a listing goes on.</summary>
internal enum NextPage
{
    /// <summary>No paging information: the answer is the whole list.</summary>
    None,

    /// <summary>Sentry says the list ends here.</summary>
    End,

    /// <summary>There is more, behind the cursor.</summary>
    More,

    /// <summary>Paging information that does not say how to go on.</summary>
    Broken,
}

/// <summary>
/// Reads Sentry's <c>Link</c> header. Only the cursor is taken: the address in it may name another host. The last page still has
/// <c>rel="next"</c>; only <c>results="false"</c> ends a list.
/// </summary>
internal static partial class LinkHeader
{
    private const int LongestCursor = 512;

    public static (NextPage Next, string? Cursor) Parse(IEnumerable<string> values)
    {
        var relations = values.SelectMany(value => Relation.Matches(value)).Select(match => Attributes(match.Groups[1].Value)).ToList();
        var next = relations.Find(relation => relation.GetValueOrDefault("rel") == "next");
        if (next is null)
        {
            return (relations.Exists(relation => relation.GetValueOrDefault("rel") == "previous") ? NextPage.Broken : NextPage.None, null);
        }
        var cursor = next.GetValueOrDefault("cursor");
        return next.GetValueOrDefault("results") switch
        {
            "false" => (NextPage.End, null),
            "true" when cursor is { Length: > 0 and <= LongestCursor } => (NextPage.More, cursor),
            _ => (NextPage.Broken, null),
        };
    }

    [GeneratedRegex("""<[^<>]*>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Relation { get; }

    [GeneratedRegex("""([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute { get; }

    private static Dictionary<string, string> Attributes(string text)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Attribute.Matches(text))
        {
            attributes[match.Groups[1].Value] = match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value;
        }
        return attributes;
    }
}
