using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>A member's place in a team with the role in effect.</summary>
/// <param name="Team">The team.</param>
/// <param name="Role">The role in effect: the higher of the stored one and what the organization role gives at least.</param>
/// <param name="StoredRole">The stored role; null when none is.</param>
/// <param name="Counts">False when the organization role allows no rights through teams (billing).</param>
public sealed record MemberTeam(TeamNode Team, TeamRole Role, string? StoredRole, bool Counts);

/// <summary>What is true of a member whatever the project: computed once, then asked per project.</summary>
internal sealed record Standing(MemberNode Member, OrgRole Role, IReadOnlyList<MemberTeam> Teams, IReadOnlyList<Obstacle> Obstacles)
{
    /// <summary>Neither sessions nor tokens work.</summary>
    public bool IsStopped { get; } = Obstacles.Any(static obstacle => obstacle.Stops is ObstacleReach.Everything);

    public MemberTeam? In(TeamNode team)
    {
        foreach (var membership in Teams)
        {
            if (membership.Team.Id == team.Id)
            {
                return membership;
            }
        }

        return null;
    }
}
