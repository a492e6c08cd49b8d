namespace Watchbill.Access.Roles;

/// <summary>
/// The role table of Sentry's own source, for organizations that did not tell theirs: lowest rank first.
/// </summary>
internal static class BuiltInRoles
{
    private const string Reading = "org:read member:read team:read project:read project:releases event:read alerts:read";
    private const string Acting = Reading + " event:write event:admin alerts:write";
    private const string Inviting = Acting + " member:invite";
    private const string Administering = Inviting + " project:write project:admin team:write team:admin org:integrations";
    private const string Managing = Administering + " org:write member:write member:admin";
    private const string Owning = Managing + " org:admin org:billing";
    private const string TeamContributing = Reading + " event:write";
    private const string TeamAdministering = TeamContributing + " event:admin alerts:write project:write project:admin team:write team:admin org:integrations";

    public static IReadOnlyList<OrgRole> OrgRoles { get; } =
    [
        Role("billing", "Billing", "org:billing") with { AllowsTeamRoles = false },
        Role("member", "Member", Inviting),
        Role("admin", "Admin", Administering) with { IsRetired = true, MinimumTeamRole = "admin" },
        Role("manager", "Manager", Managing) with { IsGlobal = true, MinimumTeamRole = "admin" },
        Role("owner", "Owner", Owning) with { IsGlobal = true, MinimumTeamRole = "admin" },
    ];

    public static IReadOnlyList<TeamRole> TeamRoles { get; } =
    [
        new() { Id = "contributor", Name = "Contributor", Scopes = ScopeSet.Parse(TeamContributing) },
        new() { Id = "admin", Name = "Team Admin", Scopes = ScopeSet.Parse(TeamAdministering) },
    ];

    private static OrgRole Role(string id, string name, string scopes) => new() { Id = id, Name = name, Scopes = ScopeSet.Parse(scopes) };
}
