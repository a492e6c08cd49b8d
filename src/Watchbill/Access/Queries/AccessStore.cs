using LinqToDB;
using Watchbill.Access.Effective;
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
    /// <summary>Nodes and edges at that instant.</summary>
    public GraphStore Graph { get; } = new(session, connector, asOf, cancellationToken);

    /// <summary>For lists, which are composed of filters: the facts that hold at the instant. "Now" is an equality on the stored open end, so that the indexes' last column decides.</summary>
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
    public async Task<List<string>> TeamIdsAsync() => [.. (await Graph.TeamsAsync()).Select(static team => team.Id)];

    /// <summary>Everything.</summary>
    public async Task<AccessGraphRows> WholeAsync() => await SettingsAsync() with
    {
        Members = await Graph.MembersAsync(),
        Teams = await Graph.TeamsAsync(),
        Memberships = await Graph.MembershipsAsync(),
        Projects = await Graph.ProjectsAsync(),
        ProjectTeams = await Graph.LinksAsync(),
        NonHumans = await Graph.NonHumansAsync(),
    };

    /// <summary>What decides who reaches one project.</summary>
    public async Task<AccessGraphRows> AroundProjectAsync(string projectId)
    {
        var rows = await SettingsAsync();
        var project = ("project", (object)projectId);
        var owning = $"project_team_fact l ON {Graph.Holds("l")} AND l.project_id = @project";
        return rows with
        {
            Members = rows.Organization?.OpenMembership is false
                ? await InsidersAsync(rows, $"JOIN team_membership_fact e ON {Graph.Holds("e")} AND e.member_id = m.key JOIN {owning} AND l.team_id = e.team_id", project)
                : await Graph.MembersAsync(),
            Teams = await Graph.TeamsAsync($"JOIN {owning} AND l.team_id = t.key", "", project),
            Memberships = await Graph.MembershipsAsync($"JOIN {owning} AND l.team_id = e.team_id", "", project),
            Projects = await Graph.ProjectsAsync("", "AND p.key = @project", project),
            ProjectTeams = await Graph.LinksAsync("", "AND l.project_id = @project", project),
            NonHumans = await Graph.NonHumansAsync("AND (n.project_id IS NULL OR n.project_id = @project)", project),
        };
    }

    /// <summary>What decides which projects one member reaches; with a project, only what decides about that one.</summary>
    public async Task<AccessGraphRows> AroundMemberAsync(string memberId, string? projectId = null)
    {
        var rows = await SettingsAsync();
        var member = ("member", (object)memberId);

        // Owners come along because a lone unlinked one may bypass single sign-on.
        var top = ("top", (object)RoleCatalogue.Of(rows.Organization).Top.Id);
        rows = rows with
        {
            Members = await Graph.MembersAsync("", "AND (m.key = @member OR m.org_role = @top)", member, top),
            Memberships = await Graph.MembershipsAsync("", "AND e.member_id = @member", member),
        };
        return projectId is not null ? await TowardsAsync(rows, projectId, member)
            : rows.Organization?.OpenMembership is not false || IsGlobal(rows, memberId) ? await TowardsEverythingAsync(rows)
            : await TowardsOwnAsync(rows, member);
    }

    /// <summary>One team, its members and its projects.</summary>
    public async Task<AccessGraphRows> AroundTeamAsync(string teamId)
    {
        var rows = await SettingsAsync();
        var team = ("team", (object)teamId);
        return rows with
        {
            Members = await InsidersAsync(rows, $"JOIN team_membership_fact e ON {Graph.Holds("e")} AND e.member_id = m.key AND e.team_id = @team", team),
            Teams = await Graph.TeamsAsync("", "AND t.key = @team", team),
            Memberships = await Graph.MembershipsAsync("", "AND e.team_id = @team", team),
            Projects = await Graph.ProjectsAsync($"JOIN project_team_fact l ON {Graph.Holds("l")} AND l.project_id = p.key AND l.team_id = @team", "", team),
            ProjectTeams = await Graph.LinksAsync("", "AND l.team_id = @team", team),
        };
    }

    private async Task<AccessGraphRows> TowardsAsync(AccessGraphRows rows, string projectId, (string Name, object Value) member)
    {
        var project = ("project", (object)projectId);
        var own = await OwnTeamsAsync(member);
        var owning = await Graph.TeamsAsync($"JOIN project_team_fact l ON {Graph.Holds("l")} AND l.team_id = t.key AND l.project_id = @project", "", project);
        return rows with
        {
            Teams = [.. own.Concat(owning).DistinctBy(static team => team.Id)],
            Projects = await Graph.ProjectsAsync("", "AND p.key = @project", project),
            ProjectTeams = await Graph.LinksAsync("", "AND l.project_id = @project", project),
        };
    }

    private async Task<AccessGraphRows> TowardsEverythingAsync(AccessGraphRows rows) => rows with
    {
        Teams = await Graph.TeamsAsync(),
        Projects = await Graph.ProjectsAsync(),
        ProjectTeams = await Graph.LinksAsync(),
    };

    /// <summary>Closed membership: only what the member's teams own.</summary>
    private async Task<AccessGraphRows> TowardsOwnAsync(AccessGraphRows rows, (string Name, object Value) member)
    {
        var own = $"JOIN team_membership_fact e ON {Graph.Holds("e")} AND e.member_id = @member AND e.team_id = l.team_id";
        var projects = await Graph.ProjectsAsync($"JOIN project_team_fact l ON {Graph.Holds("l")} AND l.project_id = p.key {own}", "", member);
        return rows with
        {
            Teams = await OwnTeamsAsync(member),
            Projects = [.. projects.DistinctBy(static project => project.Id)],
            ProjectTeams = await Graph.LinksAsync(own, "", member),
        };
    }

    private Task<List<TeamNode>> OwnTeamsAsync((string Name, object Value) member) =>
        Graph.TeamsAsync($"JOIN team_membership_fact e ON {Graph.Holds("e")} AND e.team_id = t.key AND e.member_id = @member", "", member);

    private static bool IsGlobal(AccessGraphRows rows, string memberId) =>
        rows.Members.FirstOrDefault(member => member.Id == memberId) is { } member && RoleCatalogue.Of(rows.Organization).OrgRole(member.OrgRole).IsGlobal;

    /// <summary>Members on these teams, holders of global roles, and those whom the installation lets in everywhere.</summary>
    private async Task<IReadOnlyList<MemberNode>> InsidersAsync(AccessGraphRows rows, string onTeamsJoin, (string Name, object Value) subject)
    {
        var catalogues = RoleCatalogue.Of(rows.Organization).OrgRoles.Concat(RoleCatalogue.BuiltIn.OrgRoles);
        (string Name, object Value)[] globals = [.. catalogues.Where(static role => role.IsGlobal).Select(static role => role.Id).Distinct()
            .Select(static (role, index) => ($"role{index}", (object)role))];

        // Two questions: one with an OR across tables would look at every member's memberships.
        var onTeams = await Graph.MembersAsync(onTeamsJoin, "", subject);
        var roles = string.Concat(globals.Select(static role => $"m.org_role = @{role.Name} OR "));
        var privileged = await Graph.MembersAsync("", $"AND ({roles}m.is_superuser OR m.is_staff)", globals);
        return [.. onTeams.Concat(privileged).DistinctBy(static member => member.Id)];
    }

    private async Task<AccessGraphRows> SettingsAsync() => new()
    {
        At = asOf.At,
        Organization = await Graph.OrganizationAsync(),
        AuthProvider = await Graph.AuthProviderAsync(),
    };
}
