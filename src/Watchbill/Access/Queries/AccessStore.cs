using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>
/// Loads pictures of an organization from the ledger: the whole, or the slice that one question needs. One instance reads one connector at
/// one instant on one session, which must hold a snapshot.
/// </summary>
internal sealed class AccessStore(ReadSession session, ConnectorId connector, AsOf asOf, CancellationToken cancellationToken)
{
    private IQueryable<MemberFact> Members => Facts<MemberFact>();

    private IQueryable<TeamMembershipFact> Memberships => Facts<TeamMembershipFact>();

    private IQueryable<ProjectTeamFact> Links => Facts<ProjectTeamFact>();

    /// <summary>The facts that hold at the instant. "Now" is an equality on the stored open end, so that the indexes' last column decides.</summary>
    public IQueryable<TFact> Facts<TFact>()
        where TFact : Fact
    {
        var facts = session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == connector);
        var instant = asOf.At;

        // A local, because linq2db would not reuse a translated query that reads a static field: fifty times slower.
        var openEnd = Conventions.OpenEnd;
        return asOf.IsNow
            ? facts.Where(fact => fact.ValidTo == openEnd)
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
        var memberships = from link in links join membership in Memberships on link.TeamId equals membership.TeamId select membership;
        return rows with
        {
            Members = rows.Organization?.OpenMembership is false ? await InsidersAsync(rows, memberships) : await NodesAsync(Members),
            Teams = await NodesAsync(from link in links join team in Facts<TeamFact>() on link.TeamId equals team.Key select team),
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
        rows = rows with { Memberships = await EdgesAsync(memberships) };
        return projectId is not null ? await TowardsAsync(rows, projectId, memberships)
            : rows.Organization?.OpenMembership is not false || IsGlobal(rows, memberId) ? await TowardsEverythingAsync(rows)
            : await TowardsOwnAsync(rows, memberships);
    }

    /// <summary>One team, its members and its projects.</summary>
    public async Task<AccessGraphRows> AroundTeamAsync(string teamId)
    {
        var rows = await SettingsAsync();
        var memberships = Memberships.Where(membership => membership.TeamId == teamId);
        var links = Links.Where(link => link.TeamId == teamId);
        return rows with
        {
            Members = await InsidersAsync(rows, memberships),
            Teams = await NodesAsync(Facts<TeamFact>().Where(team => team.Key == teamId)),
            Memberships = await EdgesAsync(memberships),
            Projects = await NodesAsync(from link in links join project in Facts<ProjectFact>() on link.ProjectId equals project.Key select project),
            ProjectTeams = await EdgesAsync(links),
        };
    }

    private async Task<AccessGraphRows> TowardsAsync(AccessGraphRows rows, string projectId, IQueryable<TeamMembershipFact> memberships)
    {
        var links = Links.Where(link => link.ProjectId == projectId);
        var own = await NodesAsync(from membership in memberships join team in Facts<TeamFact>() on membership.TeamId equals team.Key select team);
        var owning = await NodesAsync(from link in links join team in Facts<TeamFact>() on link.TeamId equals team.Key select team);
        return rows with
        {
            Teams = [.. own.Concat(owning).DistinctBy(static team => team.Id)],
            Projects = await NodesAsync(Facts<ProjectFact>().Where(project => project.Key == projectId)),
            ProjectTeams = await EdgesAsync(links),
        };
    }

    private async Task<AccessGraphRows> TowardsEverythingAsync(AccessGraphRows rows) => rows with
    {
        Teams = await NodesAsync(Facts<TeamFact>()),
        Projects = await NodesAsync(Facts<ProjectFact>()),
        ProjectTeams = await EdgesAsync(Links),
    };

    /// <summary>Closed membership: only what the member's teams own.</summary>
    private async Task<AccessGraphRows> TowardsOwnAsync(AccessGraphRows rows, IQueryable<TeamMembershipFact> memberships)
    {
        var links = from membership in memberships join link in Links on membership.TeamId equals link.TeamId select link;
        var projects = await NodesAsync(from link in links join project in Facts<ProjectFact>() on link.ProjectId equals project.Key select project);
        return rows with
        {
            Teams = await NodesAsync(from membership in memberships join team in Facts<TeamFact>() on membership.TeamId equals team.Key select team),
            Projects = [.. projects.DistinctBy(static project => project.Id)],
            ProjectTeams = await EdgesAsync(links),
        };
    }

    private static bool IsGlobal(AccessGraphRows rows, string memberId) =>
        rows.Members.FirstOrDefault(member => member.Id == memberId) is { } member && RoleCatalogue.Of(rows.Organization).OrgRole(member.OrgRole).IsGlobal;

    /// <summary>Members on these teams, holders of global roles, and those whom the installation lets in everywhere.</summary>
    private async Task<IReadOnlyList<MemberNode>> InsidersAsync(AccessGraphRows rows, IQueryable<TeamMembershipFact> memberships)
    {
        var catalogues = RoleCatalogue.Of(rows.Organization).OrgRoles.Concat(RoleCatalogue.BuiltIn.OrgRoles);
        string[] globals = [.. catalogues.Where(static role => role.IsGlobal).Select(static role => role.Id).Distinct()];

        // Two questions: one with an OR across tables would look at every member's memberships.
        var onTeams = await NodesAsync(from membership in memberships join member in Members on membership.MemberId equals member.Key select member);
        var privileged = await NodesAsync(Members.Where(member => globals.Contains(member.OrgRole) || member.IsSuperuser == true || member.IsStaff == true));
        return [.. onTeams.Concat(privileged).DistinctBy(static member => member.Id)];
    }

    private async Task<AccessGraphRows> SettingsAsync() => new()
    {
        At = asOf.At,
        Organization = await Facts<OrganizationFact>().FirstOrDefaultAsync(cancellationToken),
        AuthProvider = await Facts<AuthProviderFact>().FirstOrDefaultAsync(cancellationToken),
    };

    private Task<IReadOnlyList<MemberNode>> NodesAsync(IQueryable<MemberFact> members) => MemberNodeStore.NodesAsync(members, cancellationToken);

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
