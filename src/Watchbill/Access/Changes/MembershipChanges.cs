using Watchbill.Access.Effective;

namespace Watchbill.Access.Changes;

/// <summary>What differs about who is on which team.</summary>
internal static class MembershipChanges
{
    public static IEnumerable<AccessChange> Between(AccessGraph before, AccessGraph after)
    {
        var was = EdgesOf(before);
        var now = EdgesOf(after);
        foreach (var ((teamId, memberId), role) in now)
        {
            if (!was.TryGetValue((teamId, memberId), out var earlier))
            {
                yield return AccessChange.OfPlace("team-joined", (teamId, memberId), $"{Who(after, memberId)} is now on team {Team(after, teamId)}.");
            }
            else if (earlier != role)
            {
                yield return AccessChange.OfPlace("team-role-changed", (teamId, memberId), $"{Who(after, memberId)} changed from {earlier ?? "contributor"} to {role ?? "contributor"} on team {Team(after, teamId)}.");
            }
        }

        // Whoever left the organization, or whose team is gone, is told of there.
        var left = was.Keys.Where(edge => !now.ContainsKey(edge) && after.FindMember(edge.MemberId) is not null && after.FindTeam(edge.TeamId) is not null);
        foreach (var (teamId, memberId) in left)
        {
            yield return AccessChange.OfPlace("team-left", (teamId, memberId), $"{Who(after, memberId)} is no longer on team {Team(after, teamId)}.", isEnd: true);
        }
    }

    private static Dictionary<(string TeamId, string MemberId), string?> EdgesOf(AccessGraph graph) =>
        graph.Teams.SelectMany(graph.MembershipsOf).ToDictionary(static edge => (edge.TeamId, edge.MemberId), static edge => edge.TeamRole);

    private static string Who(AccessGraph graph, string memberId) => graph.FindMember(memberId) is { } member ? MemberChanges.Named(member) : $"Member {memberId}";

    private static string Team(AccessGraph graph, string teamId) => graph.FindTeam(teamId)?.Slug ?? teamId;
}
