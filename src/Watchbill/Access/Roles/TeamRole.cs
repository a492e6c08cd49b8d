namespace Watchbill.Access.Roles;

/// <summary>A role on a team: what it allows on the team and the projects the team owns.</summary>
public sealed record TeamRole
{
    /// <summary>Sentry's id: contributor, admin, or one we do not know.</summary>
    public required string Id { get; init; }

    /// <summary>The name people see.</summary>
    public required string Name { get; init; }

    /// <summary>Higher outranks lower; its place in the catalogue.</summary>
    public int Rank { get; init; } = -1;

    /// <summary>What it allows, where the organization has team roles in force.</summary>
    public required ScopeSet Scopes { get; init; }
}
