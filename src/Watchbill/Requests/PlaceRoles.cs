using Watchbill.Access.Effective;
using Watchbill.Connectors.Provisioning;

namespace Watchbill.Requests;

/// <summary>Which of two roles of one place gives more, by the organization's own lists. No role at all gives least.</summary>
internal sealed class PlaceRoles(AccessGraph graph)
{
    public int Rank(AccessKind kind, string? role) => role is null ? -1
        : kind is AccessKind.OrgRole ? graph.Roles.OrgRole(role).Rank
        : graph.Roles.TeamRoles.FirstOrDefault(one => one.Id == role)?.Rank ?? 0;

    /// <summary>The one that gives most; null when there is none.</summary>
    public string? Highest(AccessKind kind, IEnumerable<string?> roles) => roles.MaxBy(role => Rank(kind, role));

    /// <summary>The role that a member has in a place by the ledger; null for none.</summary>
    public string? Held(string member, AccessTarget target) => graph.FindMember(member) is not { } found ? null
        : target.Kind is AccessKind.OrgRole ? found.OrgRole
        : graph.MembershipsOf(found).FirstOrDefault(edge => edge.TeamId == target.Team) is { } edge
            ? graph.Roles.EffectiveTeamRole(edge.TeamRole, graph.Roles.OrgRole(found.OrgRole), graph.TeamRolesInForce).Id
            : null;

    /// <summary>The place by the ledger.</summary>
    public PlaceNow Now(string member, AccessTarget target, DateTimeOffset readAt)
    {
        var inEffect = Held(member, target);
        var edge = target.Team is null || graph.FindMember(member) is not { } found ? null : graph.MembershipsOf(found).FirstOrDefault(edge => edge.TeamId == target.Team);
        return new PlaceNow(target.Kind is AccessKind.OrgRole ? inEffect : edge is null ? null : edge.TeamRole ?? graph.Roles.TeamRoles[0].Id, inEffect, readAt);
    }

    /// <summary>The role in a place as Sentry told it; null for none.</summary>
    public static string? In(AccessKind kind, TargetState? state) => state?.Member is null ? null
        : kind is AccessKind.OrgRole ? state.OrgRole
        : state.OnTeam is true ? state.TeamRole ?? "contributor" : null;
}

/// <summary>A place as the ledger shows it.</summary>
/// <param name="Stored">The role that is stored there; null for none.</param>
/// <param name="InEffect">The role that counts: a role in the organization may give more than what is stored; null for none.</param>
/// <param name="ReadAt">When the read began that says so.</param>
internal sealed record PlaceNow(string? Stored, string? InEffect, DateTimeOffset ReadAt);
