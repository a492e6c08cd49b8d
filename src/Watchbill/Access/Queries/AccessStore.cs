using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>
/// Loads pictures of an organization from the ledger: the whole, or the slice that one question needs. One instance reads one connector at
/// one instant on one connection, which must hold a snapshot.
/// </summary>
internal sealed class AccessStore(DataConnection connection, ConnectorId connector, AsOf asOf, CancellationToken cancellationToken)
{
    private IQueryable<MemberFact> Members => Facts<MemberFact>();

    private IQueryable<TeamMembershipFact> Memberships => Facts<TeamMembershipFact>();

    private IQueryable<ProjectTeamFact> Links => Facts<ProjectTeamFact>();

    /// <summary>The facts that hold at the instant. "Now" is an equality on the stored open end, so that the indexes' last column decides.</summary>
    public IQueryable<TFact> Facts<TFact>()
        where TFact : Fact
    {
        var facts = connection.GetTable<TFact>().Where(fact => fact.ConnectorId == connector);
        var instant = asOf.At;
        return asOf.IsNow
            ? facts.Where(fact => fact.ValidTo == Conventions.OpenEnd)
            : facts.Where(fact => fact.ValidFrom <= instant && fact.ValidTo > instant);
    }

    /// <summary>The ids of all teams.</summary>
    public Task<List<string>> TeamIdsAsync() => Facts<TeamFact>().Select(team => team.Key).ToListAsync(cancellationToken);

    /// <summary>Everything.</summary>
    public async Task<AccessGraphRows> WholeAsync() => await SettingsAsync() with
    {
        Members = await NodesAsync(Members),
        Teams = await NodesAsync(Facts<TeamFact>()),
        Memberships = await EdgesAsync(Memberships),
        Projects = await NodesAsync(Facts<ProjectFact>()),
        ProjectTeams = await EdgesAsync(Links),
        NonHumans = await NodesAsync(Facts<NonHumanFact>()),
    };

    /// <summary>What decides who reaches one project.</summary>
    public async Task<AccessGraphRows> AroundProjectAsync(string projectId)
    {
        var rows = await SettingsAsync();
        var links = Links.Where(link => link.ProjectId == projectId);
        var memberships = Memberships.Where(membership => links.Any(link => link.TeamId == membership.TeamId));
        return rows with
        {
            Members = await NodesAsync(rows.Organization?.OpenMembership is false ? InsidersOf(rows, memberships) : Members),
            Teams = await NodesAsync(Facts<TeamFact>().Where(team => links.Any(link => link.TeamId == team.Key))),
            Memberships = await EdgesAsync(memberships),
            Projects = await NodesAsync(Facts<ProjectFact>().Where(project => project.Key == projectId)),
            ProjectTeams = await EdgesAsync(links),
            NonHumans = await NodesAsync(Facts<NonHumanFact>().Where(principal => principal.ProjectId == null || principal.ProjectId == projectId)),
        };
    }

    /// <summary>What decides which projects one member reaches; with a project, only what decides about that one.</summary>
    public async Task<AccessGraphRows> AroundMemberAsync(string memberId, string? projectId = null)
    {
        var rows = await SettingsAsync();
        var top = RoleCatalogue.Of(rows.Organization).Top.Id;
        var memberships = Memberships.Where(membership => membership.MemberId == memberId);

        // Owners come along because a lone unlinked one may bypass single sign-on.
        rows = rows with { Members = await NodesAsync(Members.Where(member => member.Key == memberId || member.OrgRole == top)) };
        var reachesAll = rows.Organization?.OpenMembership is not false || IsGlobal(rows, memberId);
        var links = projectId is not null ? Links.Where(link => link.ProjectId == projectId)
            : reachesAll ? Links
            : Links.Where(link => memberships.Any(membership => membership.TeamId == link.TeamId));
        var projects = Facts<ProjectFact>();
        return rows with
        {
            Teams = await NodesAsync(reachesAll && projectId is null
                ? Facts<TeamFact>()
                : Facts<TeamFact>().Where(team => memberships.Any(membership => membership.TeamId == team.Key) || links.Any(link => link.TeamId == team.Key))),
            Memberships = await EdgesAsync(memberships),
            Projects = await NodesAsync(projectId is not null ? projects.Where(project => project.Key == projectId)
                : reachesAll ? projects
                : projects.Where(project => links.Any(link => link.ProjectId == project.Key))),
            ProjectTeams = await EdgesAsync(links),
        };
    }

    /// <summary>One team, its members and its projects.</summary>
    public async Task<AccessGraphRows> AroundTeamAsync(string teamId)
    {
        var rows = await SettingsAsync();
        var memberships = Memberships.Where(membership => membership.TeamId == teamId);
        var links = Links.Where(link => link.TeamId == teamId);
        return rows with
        {
            Members = await NodesAsync(InsidersOf(rows, memberships)),
            Teams = await NodesAsync(Facts<TeamFact>().Where(team => team.Key == teamId)),
            Memberships = await EdgesAsync(memberships),
            Projects = await NodesAsync(Facts<ProjectFact>().Where(project => links.Any(link => link.ProjectId == project.Key))),
            ProjectTeams = await EdgesAsync(links),
        };
    }

    private static bool IsGlobal(AccessGraphRows rows, string memberId) =>
        rows.Members.FirstOrDefault(member => member.Id == memberId) is { } member && RoleCatalogue.Of(rows.Organization).OrgRole(member.OrgRole).IsGlobal;

    /// <summary>Members on these teams, holders of global roles, and those whom the installation lets in everywhere.</summary>
    private IQueryable<MemberFact> InsidersOf(AccessGraphRows rows, IQueryable<TeamMembershipFact> memberships)
    {
        string[] globals = [.. RoleCatalogue.Of(rows.Organization).OrgRoles.Concat(RoleCatalogue.BuiltIn.OrgRoles).Where(static role => role.IsGlobal).Select(static role => role.Id).Distinct()];
        return Members.Where(member => globals.Contains(member.OrgRole)
            || member.IsSuperuser == true
            || member.IsStaff == true
            || memberships.Any(membership => membership.MemberId == member.Key));
    }

    private async Task<AccessGraphRows> SettingsAsync() => new()
    {
        At = asOf.At,
        Organization = await Facts<OrganizationFact>().FirstOrDefaultAsync(cancellationToken),
        AuthProvider = await Facts<AuthProviderFact>().FirstOrDefaultAsync(cancellationToken),
    };

    private Task<List<MemberNode>> NodesAsync(IQueryable<MemberFact> members) => members
        .Select(member => new MemberNode
        {
            Id = member.Key,
            UserId = member.UserId,
            Email = member.Email,
            Name = member.Name,
            OrgRole = member.OrgRole,
            Pending = member.Pending,
            Expired = member.Expired,
            SsoLinked = member.SsoLinked,
            SsoInvalid = member.SsoInvalid,
            MemberLimitRestricted = member.MemberLimitRestricted,
            IdpProvisioned = member.IdpProvisioned,
            UserIsActive = member.UserIsActive,
            UserIsSuspended = member.UserIsSuspended,
            HasTwoFactor = member.HasTwoFactor,
            IsSuperuser = member.IsSuperuser,
            IsStaff = member.IsStaff,
        })
        .ToListAsync(cancellationToken);

    private Task<List<TeamNode>> NodesAsync(IQueryable<TeamFact> teams) => teams
        .Select(team => new TeamNode(team.Key, team.Slug, team.Name, team.IdpProvisioned)).ToListAsync(cancellationToken);

    private Task<List<ProjectNode>> NodesAsync(IQueryable<ProjectFact> projects) => projects
        .Select(project => new ProjectNode(project.Key, project.Slug, project.Name, project.Platform)).ToListAsync(cancellationToken);

    private async Task<List<NonHumanNode>> NodesAsync(IQueryable<NonHumanFact> principals) =>
        [.. (await principals.ToListAsync(cancellationToken)).Select(NonHumanNode.Of)];

    private Task<List<MembershipEdge>> EdgesAsync(IQueryable<TeamMembershipFact> memberships) => memberships
        .Select(membership => new MembershipEdge(membership.TeamId, membership.MemberId, membership.TeamRole)).ToListAsync(cancellationToken);

    private Task<List<ProjectTeamEdge>> EdgesAsync(IQueryable<ProjectTeamFact> links) => links
        .Select(link => new ProjectTeamEdge(link.ProjectId, link.TeamId)).ToListAsync(cancellationToken);
}
