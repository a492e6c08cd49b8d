namespace Watchbill.Access.Effective;

/// <summary>How much access there is, counted without walking through every pair. Invitations and stopped members count nowhere.</summary>
/// <param name="Members">Members whom nothing stops.</param>
/// <param name="ReachingMembers">Those among them whose role is worth something on a project.</param>
/// <param name="Projects">Projects.</param>
/// <param name="HeldPairs">Pairs of a member and a project that are granted, through a team or a global role.</param>
/// <param name="ReachablePairs">Pairs that Sentry lets in now.</param>
public sealed record AccessCounts(int Members, int ReachingMembers, int Projects, long HeldPairs, long ReachablePairs)
{
    /// <summary>Counts a whole organization.</summary>
    public static AccessCounts Of(AccessGraph graph)
    {
        var (members, reaching, held, reachable) = (0, 0, 0L, 0L);
        MemberReachCounter counter = new(graph);
        foreach (var standing in graph.Standings.Where(static standing => !standing.IsStopped))
        {
            var reach = counter.Count(standing);
            members++;
            reaching += standing.Role.ReachesProjects ? 1 : 0;
            held += reach.Held;
            reachable += reach.Reachable;
        }

        return new AccessCounts(members, reaching, graph.Projects.Count, held, reachable);
    }
}
