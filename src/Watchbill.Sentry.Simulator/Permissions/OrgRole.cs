namespace Watchbill.Sentry.Simulator.Permissions;

/// <summary>An organization role of Sentry. Later in <see cref="All"/> outranks earlier.</summary>
public sealed record OrgRole
{
    private const string Reading = "org:read member:read team:read project:read project:releases event:read alerts:read";
    private const string Acting = Reading + " member:invite event:write event:admin alerts:write";
    private const string Administering = Acting + " project:write project:admin team:write team:admin org:integrations";
    private const string Managing = Administering + " org:write member:write member:admin";

    public required string Id { get; init; }

    public required string Description { get; init; }

    public required ScopeSet Scopes { get; init; }

    /// <summary>True for the roles that reach every project and team without being on a team.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>True for a role that can no longer be assigned, although people may still hold it.</summary>
    public bool IsRetired { get; init; }

    public bool AllowsTeamRoles { get; init; } = true;

    /// <summary>Id of the team role a holder has at least, on every team.</summary>
    public string MinimumTeamRole { get; init; } = TeamRole.Contributor.Id;

    public string Name => char.ToUpperInvariant(Id[0]) + Id[1..];

    /// <summary>A role with a higher number outranks this one.</summary>
    public required int Rank { get; init; }

    public static OrgRole Billing { get; } = new()
    {
        Id = "billing",
        Rank = 0,
        Description = "Can manage subscription and billing details.",
        Scopes = ScopeSet.Parse("org:billing"),
        AllowsTeamRoles = false,
    };

    public static OrgRole Member { get; } = new()
    {
        Id = "member",
        Rank = 1,
        Description = "Members can view and act on events, as well as view most other data within the organization.",
        Scopes = ScopeSet.Parse(Acting),
    };

    public static OrgRole Admin { get; } = new()
    {
        Id = "admin",
        Rank = 2,
        Description = "Admin privileges on any teams of which they're a member.",
        Scopes = ScopeSet.Parse(Administering),
        IsRetired = true,
        MinimumTeamRole = TeamRole.Admin.Id,
    };

    public static OrgRole Manager { get; } = new()
    {
        Id = "manager",
        Rank = 3,
        Description = "Gains admin access on all teams as well as the ability to add and remove members.",
        Scopes = ScopeSet.Parse(Managing),
        IsGlobal = true,
        MinimumTeamRole = TeamRole.Admin.Id,
    };

    public static OrgRole Owner { get; } = new()
    {
        Id = "owner",
        Rank = 4,
        Description = "Unrestricted access to the organization, its data, and its settings.",
        Scopes = ScopeSet.Parse(Managing + " org:admin org:billing"),
        IsGlobal = true,
        MinimumTeamRole = TeamRole.Admin.Id,
    };

    /// <summary>All roles of the hosted service, lowest first. A self-hosted install lacks <see cref="Billing"/>.</summary>
    public static IReadOnlyList<OrgRole> All { get; } = [Billing, Member, Admin, Manager, Owner];

    /// <summary>The role with this id, or null.</summary>
    public static OrgRole? Find(string? id) => All.FirstOrDefault(role => role.Id == id);

    public override string ToString() => Id;
}
