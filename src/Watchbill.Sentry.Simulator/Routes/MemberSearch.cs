using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The <c>query</c> of the member list. An unknown key finds nobody, which looks like "no such member".</summary>
internal static class MemberSearch
{
    public static IReadOnlyList<Member> Find(Organization organization, string text)
    {
        var listed = organization.MemberRows.Listed;
        if (text.Length == 0)
        {
            return listed;
        }

        var query = SearchQuery.Parse(text);
        return query.HasOnly("email", "id", "user.id", "role", "scope", "isInvited", "ssoLinked", "has2fa", "hasExternalUsers")
            ? listed.Where(member => Matches(member, query)).ToList()
            : [];
    }

    private static bool Matches(Member member, SearchQuery query) =>
        query.Keys.All(key => Matches(member, key, query[key]))
        && query.TextOccursIn(member.Email, member.DisplayName);

    private static bool Matches(Member member, string key, IEnumerable<string> values) => key switch
    {
        "email" => values.Contains(member.Email, StringComparer.OrdinalIgnoreCase),
        "id" => values.Contains($"{member.Id}"),
        "user.id" => member.User is { } user && values.Contains($"{user.Id}"),
        "role" => values.Contains(member.Role.Id),
        "scope" => values.Any(scope => Holds(member.Role, scope)),
        "isInvited" => values.Contains(Text(member.IsPending)),
        "ssoLinked" => values.Contains(Text(member.Flags.HasFlag(MemberFlags.SsoLinked))),
        "has2fa" => member.User is { } person && values.Contains(Text(person.Has2fa)),
        _ => values.Contains("false"),
    };

    private static bool Holds(OrgRole role, string scope) => role.Scopes.Names.Contains(scope);

    private static string Text(bool value) => value ? "true" : "false";
}
