using System.Text.RegularExpressions;

namespace Watchbill.People.Identities.Scim;

/// <summary>The filters that identity providers ask with: one or more comparisons with <c>and</c> between (RFC 7644, 3.4.2.2). Others are refused, never ignored.</summary>
internal sealed partial class ScimFilter
{
    private readonly IReadOnlyList<Func<Identity, bool>> _conditions;

    private ScimFilter(IReadOnlyList<Func<Identity, bool>> conditions) => _conditions = conditions;

    /// <summary>Everybody.</summary>
    public static ScimFilter None { get; } = new([]);

    /// <summary>The user name, in lower case, when it is all that is asked for: what providers ask before each person they push.</summary>
    public string? OnlyUserName { get; private init; }

    public bool Fits(Identity identity) => _conditions.All(condition => condition(identity));

    /// <summary>Reads a filter; null for one that is not understood.</summary>
    public static ScimFilter? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return None;
        }

        List<Func<Identity, bool>> conditions = [];
        var rest = text.Trim();
        while (true)
        {
            var match = Comparison.Match(rest);
            if (!match.Success || Condition(match) is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
            rest = rest[match.Length..].TrimStart();
            if (rest.Length == 0)
            {
                return new ScimFilter(conditions) { OnlyUserName = conditions.Count == 1 ? UserNameOf(match) : null };
            }

            if (!rest.StartsWith("and ", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            rest = rest[4..].TrimStart();
        }
    }

    private static string? UserNameOf(Match match) =>
        match.Groups["attribute"].Value.Equals("userName", StringComparison.OrdinalIgnoreCase) && match.Groups["comparison"].Value.Equals("eq", StringComparison.OrdinalIgnoreCase)
            ? TextOf(match).ToLowerInvariant()
            : null;

    private static string TextOf(Match match) => match.Groups["text"].Success ? Regex.Unescape(match.Groups["text"].Value) : match.Groups["word"].Value;

    private static Func<Identity, bool>? Condition(Match match)
    {
        var attribute = match.Groups["attribute"].Value.ToLowerInvariant();
        var comparison = match.Groups["comparison"].Value.ToLowerInvariant();
        var wanted = TextOf(match);
        if (attribute == "active")
        {
            return comparison == "eq" && bool.TryParse(wanted, out var active) ? identity => identity.IsActive == active : null;
        }

        Func<Identity, IEnumerable<string?>>? values = attribute switch
        {
            "id" => static identity => [identity.Key],
            "username" => static identity => [identity.UserName],
            "externalid" => static identity => [identity.ExternalId],
            "displayname" or "name.formatted" => static identity => [identity.Name],
            "emails" or "emails.value" or "emails[type eq \"work\"].value" => static identity => identity.Aliases.Append(identity.Email),
            _ => null,
        };
        var isExact = attribute is "id" or "externalid";
        var rule = isExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return (values, comparison) switch
        {
            (null, _) => null,
            (_, "eq") => identity => values(identity).Any(value => string.Equals(value, wanted, rule)),
            (_, "sw") => identity => values(identity).Any(value => value?.StartsWith(wanted, rule) is true),
            (_, "co") => identity => values(identity).Any(value => value?.Contains(wanted, rule) is true),
            _ => null,
        };
    }

    [GeneratedRegex(
        """^(?<attribute>emails\[type eq "work"\]\.value|[A-Za-z][A-Za-z.]*) +(?<comparison>[A-Za-z]{2}) +(?:"(?<text>(?:[^"\\]|\\["\\/])*)"|(?<word>true|false|True|False))""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Comparison { get; }
}
