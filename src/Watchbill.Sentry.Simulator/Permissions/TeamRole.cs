namespace Watchbill.Sentry.Simulator.Permissions;

/// <summary>A role on one team. Only what lies above the minimum of a member's organization role is ever stored.</summary>
public sealed record TeamRole
{
    private const string Contributing = "event:read event:write project:read project:releases org:read member:read team:read alerts:read";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required ScopeSet Scopes { get; init; }

    /// <summary>Id of the lowest organization role that makes this the minimum, or null.</summary>
    public string? MinimumRoleFor { get; init; }

    public static TeamRole Contributor { get; } = new()
    {
        Id = "contributor",
        Name = "Contributor",
        Description = "Contributors can view and act on events, as well as view most other data within the team's projects.",
        Scopes = ScopeSet.Parse(Contributing),
    };

    public static TeamRole Admin { get; } = new()
    {
        Id = "admin",
        Name = "Team Admin",
        Description = "Admin privileges on the team. They can create and remove projects, and can manage the team's memberships.",
        Scopes = ScopeSet.Parse(Contributing + " event:admin project:write project:admin team:write team:admin org:integrations alerts:write"),
        MinimumRoleFor = "admin",
    };

    public static IReadOnlyList<TeamRole> All { get; } = [Contributor, Admin];

    /// <summary>The role with this id, or null.</summary>
    public static TeamRole? Find(string? id) => All.FirstOrDefault(role => role.Id == id);

    /// <summary>The higher of the stored role (null = none) and the minimum of the organization role.</summary>
    public static TeamRole Effective(string? stored, OrgRole orgRole) =>
        stored == Admin.Id || orgRole.MinimumTeamRole == Admin.Id ? Admin : Contributor;

    public override string ToString() => Id;
}
