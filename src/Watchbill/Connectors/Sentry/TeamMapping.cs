using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Teams and their memberships as facts.</summary>
internal static class TeamMapping
{
    public static Observation Observe(DateTimeOffset readAt, IReadOnlyList<SentryTeam> teams) =>
        new(Scope.Teams, readAt, [.. teams.Select(ToFact)], []);

    /// <param name="teamId">The team.</param>
    /// <param name="readAt">When the read began.</param>
    /// <param name="members">Each member's id with the stored team role (null: the least that the organization role gives).</param>
    public static Observation ObserveMembers(string teamId, DateTimeOffset readAt, IEnumerable<KeyValuePair<string, string?>> members) =>
        new(Scope.TeamMembers(teamId), readAt, [.. members.Select(member => ToFact(teamId, member.Key, member.Value))], []);

    private static TeamFact ToFact(SentryTeam team) => new()
    {
        Scope = Scope.Teams,
        Key = team.Id,
        Slug = team.Slug ?? team.Id,
        Name = team.Name ?? team.Slug ?? team.Id,
        IdpProvisioned = team.Flags?.IdpProvisioned ?? false,
        DateCreated = team.DateCreated,
    };

    private static TeamMembershipFact ToFact(string teamId, string memberId, string? role) => new()
    {
        Scope = Scope.TeamMembers(teamId),
        Key = TeamMembershipFact.KeyOf(teamId, memberId),
        TeamId = teamId,
        MemberId = memberId,
        TeamRole = role,
    };
}
