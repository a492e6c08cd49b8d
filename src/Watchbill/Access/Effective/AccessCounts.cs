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
        var rules = new AccessRules(graph);
        var open = graph.Organization?.OpenMembership is true;
        var (members, reaching, held, reachable) = (0, 0, 0L, 0L);
        HashSet<ProjectNode> seen = new(ReferenceEqualityComparer.Instance);
        foreach (var standing in graph.Members.Select(rules.StandingOf).Where(static standing => !standing.IsStopped))
        {
            var all = standing.Role.ReachesProjects ? graph.Projects.Count : 0;
            var through = ThroughTeams(graph, standing, seen);
            members++;
            reaching += standing.Role.ReachesProjects ? 1 : 0;
            held += standing.Role.IsGlobal ? Math.Max(all, through) : through;
            reachable += standing.Role.IsGlobal || open ? Math.Max(all, through) : through;
        }

        return new AccessCounts(members, reaching, graph.Projects.Count, held, reachable);
    }

    private static int ThroughTeams(AccessGraph graph, Standing standing, HashSet<ProjectNode> seen)
    {
        seen.Clear();
        foreach (var membership in standing.Role.AllowsTeamRoles ? standing.Teams : [])
        {
            seen.UnionWith(graph.ProjectsOf(membership.Team));
        }

        return seen.Count;
    }
}
