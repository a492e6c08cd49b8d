using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Which roles a caller may give, and to whom.</summary>
internal static class RoleRules
{
    public const string NotAllowed = "You do not have permission to set that org-level role";

    public static string Retired(OrgRole role) => $"The role '{role.Id}' is deprecated and may no longer be assigned.";

    public static string WithoutTeams(OrgRole role) => $"The user with a '{role.Id}' role cannot have team-level permissions.";

    /// <summary>Roles up to the caller's own. Callers without a membership, such as integrations, may give none.</summary>
    public static IReadOnlyList<OrgRole> Assignable(Call call) =>
        call.Access.Member is { } member ? [.. call.Organization.OrgRoles.Where(role => role.Rank <= member.Role.Rank)] : [];

    public static bool IsRetired(Call call, OrgRole role) => role.IsRetired && call.Organization.HasTeamRoles;

    /// <summary>A role is only stored when it is above what the organization role gives anyway.</summary>
    public static string? Stored(string? teamRole, OrgRole orgRole) =>
        teamRole == TeamRole.Admin.Id && orgRole.MinimumTeamRole != TeamRole.Admin.Id ? teamRole : null;
}
