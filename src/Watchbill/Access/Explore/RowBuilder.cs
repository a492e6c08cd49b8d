using Watchbill.Access.Effective;
using Watchbill.Access.Queries;

namespace Watchbill.Access.Explore;

/// <summary>Makes the rows of all tables out of a picture: counted once for each picture, not once for each page.</summary>
internal sealed class RowBuilder(AccessGraph graph, IReadOnlyDictionary<string, PrincipalActivity> activity)
{
    private readonly bool _open = graph.OpenMembership is true;
    private readonly IReadOnlyList<Standing> _standings = graph.Standings;

    public MemberRow[] Members()
    {
        MemberReachCounter counter = new(graph);
        return [.. _standings.Select(standing =>
        {
            var reach = counter.Count(standing);
            var told = activity.TryGetValue(standing.Member.Id, out var seen);
            return new MemberRow(
                standing.Member, standing.Role, StateOf(standing.Member), standing.Teams.Count, reach.Held, reach.Reachable,
                standing.Obstacles.Count > 0 && !standing.IsStopped)
            {
                LastActive = seen?.LastActive ?? seen?.LastLogin,
                ActivityTold = told,
            };
        })];
    }

    public TeamRow[] Teams() => [.. graph.Teams.Select(team => new TeamRow(
        team, graph.MembershipsOf(team).Count, graph.ProjectsOf(team).Count, _open && !team.IdpProvisioned))];

    public ProjectRow[] Projects()
    {
        var active = _standings.Where(static standing => !standing.IsStopped).ToDictionary(static standing => standing.Member.Id, StringComparer.Ordinal);
        var globals = active.Values.Where(static standing => standing.Role is { IsGlobal: true, ReachesProjects: true }).Select(static standing => standing.Member.Id).ToHashSet(StringComparer.Ordinal);
        var reaching = active.Values.Count(static standing => standing.Role.ReachesProjects);
        HashSet<string> seen = new(StringComparer.Ordinal);
        return [.. graph.Projects.Select(project =>
        {
            var (through, beyond) = ThroughTeams(project, active, globals, seen);
            var held = globals.Count + through;
            return new ProjectRow(project, graph.TeamsOf(project), held, _open ? reaching + beyond : held);
        })];
    }

    /// <summary>Members whom only a team lets in: how many, and how many of them open membership would not let in by itself.</summary>
    private (int Through, int Beyond) ThroughTeams(ProjectNode project, Dictionary<string, Standing> active, HashSet<string> globals, HashSet<string> seen)
    {
        seen.Clear();
        var beyond = 0;
        foreach (var edge in graph.TeamsOf(project).SelectMany(graph.MembershipsOf))
        {
            if (active.TryGetValue(edge.MemberId, out var standing) && standing.Role.AllowsTeamRoles && !globals.Contains(edge.MemberId) && seen.Add(edge.MemberId))
            {
                beyond += standing.Role.ReachesProjects ? 0 : 1;
            }
        }

        return (seen.Count, beyond);
    }

    internal static MemberState StateOf(MemberNode member) => member switch
    {
        { Pending: true } => member.Expired ? MemberState.InvitationExpired : MemberState.Invited,
        { UserIsActive: false } or { UserIsSuspended: true } => MemberState.Deactivated,
        { MemberLimitRestricted: true } => MemberState.Restricted,
        _ => MemberState.Active,
    };
}
