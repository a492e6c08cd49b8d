namespace Watchbill.Access.Effective;

/// <summary>What would give access.</summary>
public enum AccessOptionKind
{
    /// <summary>The obstacle must go first.</summary>
    RemoveObstacle,

    /// <summary>They can join the team themselves.</summary>
    JoinTeam,

    /// <summary>Somebody who may must add them to the team.</summary>
    BeAddedToTeam,

    /// <summary>The identity provider must add them to the team.</summary>
    BeAddedByIdentityProvider,

    /// <summary>A global role.</summary>
    GlobalRole,

    /// <summary>Their role allows no rights through teams and must change.</summary>
    OtherRole,

    /// <summary>No team owns the project; one must be given it.</summary>
    GiveProjectATeam,
}

/// <summary>One thing that would give, or bring nearer, the access that is missing.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Sentence">In words.</param>
/// <param name="Team">The team, where one is meant.</param>
public sealed record AccessOption(AccessOptionKind Kind, string Sentence, TeamNode? Team = null);

/// <summary>Finds what would give the access that is missing.</summary>
internal static class AccessOptions
{
    public static IEnumerable<AccessOption> Of(AccessGraph graph, Standing standing, AccessPair pair)
    {
        if (pair.ReachesNow)
        {
            return [];
        }

        var stopping = standing.Obstacles.Where(static obstacle => obstacle.Stops is ObstacleReach.Everything)
            .Select(static obstacle => new AccessOption(AccessOptionKind.RemoveObstacle, $"First this must end: {obstacle.Sentence}."));
        return stopping.Concat(pair.Paths.Any(static path => path.Layer.HasFlag(AccessLayers.Reachable)) ? [] : Grants(graph, standing, pair.Project));
    }

    private static IEnumerable<AccessOption> Grants(AccessGraph graph, Standing standing, ProjectNode project)
    {
        var teams = graph.TeamsOf(project);
        if (!standing.Role.AllowsTeamRoles)
        {
            yield return new(AccessOptionKind.OtherRole, $"The role '{standing.Role.Id}' allows no access to projects; it must become another.");
        }
        else if (teams.Count == 0)
        {
            yield return new(AccessOptionKind.GiveProjectATeam, $"No team owns {project.Slug}: give it to a team they are on.");
        }

        foreach (var team in standing.Role.AllowsTeamRoles ? teams : [])
        {
            yield return ThroughTeam(graph, team);
        }

        var roles = string.Join(" or ", graph.Roles.OrgRoles.Where(static role => role.IsGlobal).Select(static role => role.Id));
        yield return new(AccessOptionKind.GlobalRole, $"The organization role {roles} reaches every project.");
    }

    private static AccessOption ThroughTeam(AccessGraph graph, TeamNode team) => (team.IdpProvisioned, graph.OpenMembership) switch
    {
        (true, _) => new(AccessOptionKind.BeAddedByIdentityProvider, $"The identity provider can add them to team {team.Slug}.", team),
        (false, true) => new(AccessOptionKind.JoinTeam, $"They can join team {team.Slug} themselves.", team),
        (false, _) => new(AccessOptionKind.BeAddedToTeam, $"A manager, an owner or an admin of team {team.Slug} can add them to it.", team),
    };
}
