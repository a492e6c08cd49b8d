namespace Watchbill.Access.Roles;

/// <summary>A role in the organization: what it allows and how far it reaches.</summary>
public sealed record OrgRole
{
    /// <summary>Sentry's id: billing, member, admin, manager, owner, or one we do not know.</summary>
    public required string Id { get; init; }

    /// <summary>The name people see.</summary>
    public required string Name { get; init; }

    /// <summary>Higher outranks lower; its place in the catalogue. -1 for a role the catalogue does not hold.</summary>
    public int Rank { get; init; } = -1;

    /// <summary>What it allows in the organization and on every project its holder reaches.</summary>
    public required ScopeSet Scopes { get; init; }

    /// <summary>Reaches every team and project without being on a team.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Can no longer be assigned, although people may still hold it.</summary>
    public bool IsRetired { get; init; }

    /// <summary>Holders may be on teams. A role that may not (billing) has no rights through a team.</summary>
    public bool AllowsTeamRoles { get; init; } = true;

    /// <summary>The id of the team role its holder has at least, on every team they are on.</summary>
    public string MinimumTeamRole { get; init; } = "contributor";

    /// <summary>False when neither the organization's list nor the built-in table holds the role: what it allows is then unknown, never assumed.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether being let into a project is worth anything. Unknown scopes count as worth something: silence is no proof.</summary>
    public bool ReachesProjects => !IsKnown || Scopes.TouchesProjects;

    /// <summary>A role nobody described: not global, no scopes.</summary>
    internal static OrgRole Unknown(string id) => new() { Id = id, Name = id, Scopes = ScopeSet.Empty, IsKnown = false };
}
