using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Tests.Access.Effective;

/// <summary>A simulated organization, read directly into what a picture is made of.</summary>
internal static class SimulatedRows
{
    /// <summary>Everything the rules look at, without the way over HTTP and the ledger.</summary>
    public static AccessGraphRows ToRows(this Organization organization) => new()
    {
        At = organization.World.Clock.GetUtcNow(),
        Organization = new OrganizationFact
        {
            Scope = "organization",
            Key = $"{organization.Id}",
            Slug = organization.Slug,
            Name = organization.Name,
            OpenMembership = organization.Settings.OpenMembership,
            HasTeamRoles = organization.HasTeamRoles,
            EventsMemberAdmin = organization.Settings.EventsMemberAdmin,
            AlertsMemberWrite = organization.Settings.AlertsMemberWrite,
            RoleCatalogue = Catalogue(organization).ToJson(),
        },
        Members = [.. organization.Members.Where(static member => member.InviteStatus == Member.Approved).Select(ToNode)],
        Teams = [.. organization.Teams.Select(static team => new TeamNode($"{team.Id}", team.Slug, team.Name, team.IsIdpProvisioned))],
        Memberships = [.. organization.Members.SelectMany(static member => member.Memberships)
            .Select(static link => new MembershipEdge($"{link.Team.Id}", $"{link.Member.Id}", link.Role))],
        Projects = [.. organization.Projects.Select(static project => new ProjectNode($"{project.Id}", project.Slug, project.Name, project.Platform))],
        ProjectTeams = [.. organization.Projects.SelectMany(static project => project.Teams.Select(team => new ProjectTeamEdge($"{project.Id}", $"{team.Id}")))],
    };

    private static RoleCatalogue Catalogue(Organization organization) => new(
        [.. organization.OrgRoles.Select(static role => new OrgRole
        {
            Id = role.Id,
            Name = role.Name,
            Scopes = ScopeSet.Of(role.Scopes.Names),
            IsGlobal = role.IsGlobal,
            IsRetired = role.IsRetired,
            AllowsTeamRoles = role.AllowsTeamRoles,
            MinimumTeamRole = role.MinimumTeamRole,
        })],
        []);

    private static MemberNode ToNode(Member member) => new()
    {
        Id = $"{member.Id}",
        UserId = member.User is { } user ? $"{user.Id}" : null,
        Email = member.Email,
        Name = member.DisplayName,
        OrgRole = member.Role.Id,
        Pending = member.IsPending,
        Expired = member.IsExpired,
        MemberLimitRestricted = member.Flags.HasFlag(MemberFlags.OverMemberLimit),
        UserIsActive = member.User?.IsActive,
        UserIsSuspended = member.User?.IsSuspended,
    };
}
