using Watchbill.Access.Effective;
using Watchbill.Access.Facts;

namespace Watchbill.Access.Changes;

/// <summary>Compares two pictures of an organization and says in words what differs, what concerns most people first.</summary>
public static class AccessChanges
{
    /// <summary>What differs; nothing when either was never read.</summary>
    public static IReadOnlyList<AccessChange> Between(AccessGraph before, AccessGraph after) =>
    [
        .. Settings(before, after),
        .. MemberChanges.Between(before, after),
        .. MembershipChanges.Between(before, after),
        .. ResourceChanges.Between(before, after),
        .. NonHumans(before, after),
    ];

    private static IEnumerable<AccessChange> Settings(AccessGraph before, AccessGraph after)
    {
        if (before.Organization is not { } was || after.Organization is not { } now)
        {
            yield break;
        }

        if (was.OpenMembership != now.OpenMembership)
        {
            var effect = now.OpenMembership is true ? "every member reaches every project now" : "members reach only what their teams and roles give them";
            yield return AccessChange.OfOrganization("open-membership", now.Key, $"openMembership was turned {OnOff(now.OpenMembership)}: {effect}.");
        }

        if (was.RequireTwoFactor != now.RequireTwoFactor)
        {
            yield return AccessChange.OfOrganization("require-two-factor", now.Key, $"The second factor is {(now.RequireTwoFactor is true ? "required now" : "no longer required")}.");
        }
    }

    private static IEnumerable<AccessChange> NonHumans(AccessGraph before, AccessGraph after)
    {
        var was = before.NonHumans.ToDictionary(static principal => principal.Key, StringComparer.Ordinal);
        var now = after.NonHumans.ToDictionary(static principal => principal.Key, StringComparer.Ordinal);
        foreach (var principal in after.NonHumans)
        {
            if (!was.TryGetValue(principal.Key, out var earlier))
            {
                yield return AccessChange.OfPrincipal("principal-added", principal.Key, $"{Noun(principal)} {principal.Name} was added{Project(after, principal)}{Scopes(principal)}.");
            }
            else if (Scopes(earlier) != Scopes(principal))
            {
                yield return AccessChange.OfPrincipal("principal-scopes", principal.Key, $"{Noun(principal)} {principal.Name} has other scopes{Scopes(principal)}.");
            }
        }

        foreach (var principal in before.NonHumans.Where(principal => !now.ContainsKey(principal.Key)))
        {
            yield return AccessChange.OfPrincipal("principal-removed", principal.Key, $"{Noun(principal)} {principal.Name} is gone{Project(before, principal)}.", isEnd: true);
        }
    }

    private static string Noun(NonHumanNode principal) => principal.Kind switch
    {
        NonHumanKind.InternalIntegration => "Internal integration",
        NonHumanKind.PublicApp => "Public app",
        NonHumanKind.Integration => "Integration",
        NonHumanKind.OrganizationToken => "Organization token",
        NonHumanKind.ClientKey => "Client key",
    };

    private static string Project(AccessGraph graph, NonHumanNode principal) =>
        principal.ProjectId is { } id ? $" (project {graph.FindProject(id)?.Slug ?? id})" : "";

    private static string Scopes(NonHumanNode principal) => principal.Scopes is { Count: > 0 } scopes ? $" with {And([.. scopes])}" : "";

    private static string And(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";

    private static string OnOff(bool? value) => value is true ? "on" : "off";
}
