namespace Watchbill.Access.Effective;

/// <summary>How many projects a member has, without asking about each.</summary>
/// <param name="Held">Granted, through teams or a global role.</param>
/// <param name="Reachable">Sentry lets them in now; 0 for whoever is stopped.</param>
internal readonly record struct MemberReach(int Held, int Reachable);

/// <summary>Counts what members reach by joining sets of teams' projects instead of evaluating every pair. Not thread-safe.</summary>
internal sealed class MemberReachCounter(AccessGraph graph)
{
    private readonly bool _open = graph.OpenMembership is true;
    private readonly HashSet<ProjectNode> _seen = new(ReferenceEqualityComparer.Instance);

    public MemberReach Count(Standing standing)
    {
        var all = standing.Role.ReachesProjects ? graph.Projects.Count : 0;
        var through = ThroughTeams(standing);
        var held = standing.Role.IsGlobal ? Math.Max(all, through) : through;
        var reachable = _open ? Math.Max(all, held) : held;
        return new MemberReach(held, standing.IsStopped ? 0 : reachable);
    }

    private int ThroughTeams(Standing standing)
    {
        _seen.Clear();
        foreach (var membership in standing.Role.AllowsTeamRoles ? standing.Teams : [])
        {
            _seen.UnionWith(graph.ProjectsOf(membership.Team));
        }

        return _seen.Count;
    }
}
