using Watchbill.Access.Effective;
using static Watchbill.Access.Striking.Wording;

namespace Watchbill.Access.Striking;

/// <summary>What the organization's own settings decide.</summary>
internal static class OrganizationFacts
{
    public static IEnumerable<StrikingFact> Of(AccessGraph graph) => OpenMembership(graph).Concat(Settings(graph));

    private static IEnumerable<StrikingFact> OpenMembership(AccessGraph graph)
    {
        var counts = AccessCounts.Of(graph);
        var open = graph.Organization?.OpenMembership;
        if (open is null)
        {
            yield return new("open-membership-unknown", Gravity.High, "Sentry did not tell whether openMembership is on: nobody may conclude that a member does not reach a project.", 1, []);
        }

        if (open is not true || counts is { ReachingMembers: 0 } or { Projects: 0 })
        {
            yield break;
        }

        var who = counts.ReachingMembers == 1 ? "the only active member reaches" : $"all {Number(counts.ReachingMembers)} active members reach";
        var projects = counts.Projects == 1 ? "the only project" : $"all {Count(counts.Projects, "project")}";
        yield return new(
            "open-membership",
            Gravity.High,
            $"openMembership is on: {who} {projects} ({Count(counts.ReachablePairs, "pair")}); by teams and global roles alone it would be {Count(counts.HeldPairs, "pair")}.",
            counts.ReachablePairs - counts.HeldPairs,
            []);

        foreach (var fact in StrikingFacts.About(
            "joinable-teams",
            Gravity.Medium,
            graph.Teams.Where(static team => !team.IdpProvisioned).Select(static team => team.Id),
            static count => $"Every member can join {Count(count, "team")} without anyone's leave: taking a membership away proves little."))
        {
            yield return fact;
        }
    }

    private static IEnumerable<StrikingFact> Settings(AccessGraph graph)
    {
        if (graph.Organization is not { } organization)
        {
            yield break;
        }

        if (organization.RequireTwoFactor is false)
        {
            yield return new("two-factor-not-required", Gravity.Medium, "The organization does not require a second factor.", 1, []);
        }

        if (organization.AllowSuperuserAccess is true)
        {
            yield return new("vendor-access", Gravity.Low, "Sentry's own staff may enter the organization (allowSuperuserAccess).", 1, []);
        }
    }
}
