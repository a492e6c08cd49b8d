using System.Collections.Concurrent;
using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>
/// The rules that decide whether and why a member reaches a project. They stand here and nowhere else; every answer is made of
/// <see cref="Evaluate"/>. A graph has one instance, which several threads may ask: what it remembers is the same whoever computes it.
/// </summary>
internal sealed class AccessRules(AccessGraph graph)
{
    private static readonly IReadOnlyList<AccessPath> NoPaths = [];

    private readonly MemberObstacles _obstacles = new(graph);
    private readonly bool? _openMembership = graph.OpenMembership;
    private readonly ConcurrentDictionary<(AccessPathKind Kind, string Role, string? Team, string? TeamRole), AccessPath> _paths = [];
    private readonly ConcurrentDictionary<(string Role, string Project), Ways> _outsiders = [];

    public Standing StandingOf(MemberNode member)
    {
        var role = graph.Roles.OrgRole(member.OrgRole);
        return new Standing(member, role, TeamsOf(member, role), _obstacles.Of(member));
    }

    /// <summary>The whole truth about one member and one project.</summary>
    public AccessPair Evaluate(Standing standing, ProjectNode project)
    {
        var ways = IsInside(standing, project) ? WaysOf(PathsTo(standing, project)) : OutsidersWaysTo(standing, project);

        // What is held stays held behind an obstacle; what can be done now, or taken now, does not.
        var layers = standing.IsStopped ? ways.Layers & AccessLayers.Held : ways.Layers;
        return new AccessPair(standing.Member, project, layers, ways.Paths, ways.Scopes) { Obstacles = standing.Obstacles };
    }

    private static Ways WaysOf(IReadOnlyList<AccessPath> paths)
    {
        var layers = AccessLayers.None;
        var scopes = ScopeSet.Empty;
        foreach (var path in paths)
        {
            layers |= path.Layer;
            if ((path.Layer & AccessLayers.Reachable) != 0)
            {
                scopes = scopes.Union(path.Scopes ?? ScopeSet.Empty);
            }
        }

        return new Ways(paths, layers, scopes);
    }

    private IReadOnlyList<MemberTeam> TeamsOf(MemberNode member, OrgRole role)
    {
        var edges = graph.MembershipsOf(member);
        return edges.Count == 0
            ? []
            : [.. edges.Select(edge => Membership(graph.Team(edge.TeamId), edge, role)).OrderBy(static membership => membership.Team.Slug, StringComparer.Ordinal)];
    }

    private MemberTeam Membership(TeamNode team, MembershipEdge edge, OrgRole role) => new(
        team, graph.Roles.EffectiveTeamRole(edge.TeamRole, role, graph.TeamRolesInForce), edge.TeamRole, role.AllowsTeamRoles);

    /// <summary>Whether the member is on a team that owns the project.</summary>
    private bool IsInside(Standing standing, ProjectNode project)
    {
        if (standing.Teams.Count > 0)
        {
            foreach (var team in graph.TeamsOf(project))
            {
                if (standing.In(team) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>People who are on none of a project's teams differ in their role only: their ways to it are found once and shared.</summary>
    private Ways OutsidersWaysTo(Standing standing, ProjectNode project)
    {
        var key = (standing.Role.Id, project.Id);
        return _outsiders.TryGetValue(key, out var ways) ? ways : _outsiders.GetOrAdd(key, WaysOf(PathsTo(standing, project)));
    }

    private IReadOnlyList<AccessPath> PathsTo(Standing standing, ProjectNode project)
    {
        List<AccessPath>? paths = null;
        var role = standing.Role;
        if (role is { IsGlobal: true, ReachesProjects: true })
        {
            (paths ??= []).Add(PathOf(AccessPathKind.OrgRole, role));
        }

        foreach (var team in role.AllowsTeamRoles ? graph.TeamsOf(project) : [])
        {
            if (PathThrough(team, standing) is { } path)
            {
                (paths ??= []).Add(path);
            }
        }

        if (PathOfOpenMembership(role) is { } open)
        {
            (paths ??= []).Add(open);
        }

        return paths ?? NoPaths;
    }

    private AccessPath? PathThrough(TeamNode team, Standing standing) =>
        standing.In(team) is { } membership ? PathOf(AccessPathKind.TeamMembership, standing.Role, team, membership.Role)
        : MayJoin(standing.Role, team) ? PathOf(AccessPathKind.JoinableTeam, standing.Role, team, graph.Roles.EffectiveTeamRole(null, standing.Role, graph.TeamRolesInForce))
        : null;

    /// <summary>Whom Sentry adds to a team on their own word: everybody under open membership, managers and owners always; nobody where SCIM rules.</summary>
    private bool MayJoin(OrgRole role, TeamNode team) => !team.IdpProvisioned && (role.IsGlobal || _openMembership is true);

    private AccessPath? PathOfOpenMembership(OrgRole role) => (_openMembership, role.ReachesProjects, role.IsGlobal) switch
    {
        (true, true, _) => PathOf(AccessPathKind.OpenMembership, role),
        (null, true, false) => PathOf(AccessPathKind.PerhapsOpenMembership, role),
        _ => null,
    };

    /// <summary>The same path is shared by everybody who has it: ten thousand people reach a project in a handful of ways.</summary>
    private AccessPath PathOf(AccessPathKind kind, OrgRole role, TeamNode? team = null, TeamRole? teamRole = null)
    {
        var key = (kind, role.Id, team?.Id, teamRole?.Id);
        if (_paths.TryGetValue(key, out var known))
        {
            return known;
        }

        return _paths.GetOrAdd(key, new AccessPath
        {
            Kind = kind,
            Scopes = graph.TeamRolesInForce && teamRole is not null ? role.Scopes.Union(teamRole.Scopes) : role.Scopes,
            OrgRole = kind is AccessPathKind.OrgRole ? role : null,
            Team = team,
            TeamRole = teamRole,
        });
    }

    /// <summary>The paths to a project and what they amount to while nothing stops their holder.</summary>
    private sealed record Ways(IReadOnlyList<AccessPath> Paths, AccessLayers Layers, ScopeSet Scopes);
}
