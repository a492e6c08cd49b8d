using Watchbill.Access.Facts;
using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>
/// An immutable picture of an organization at one instant, indexed both ways. It may hold only the slice that one question needs:
/// whoever asks must know what was loaded, the graph cannot tell "none" from "not loaded". Order: members by address, teams and projects by slug.
/// </summary>
public sealed class AccessGraph
{
    private readonly Dictionary<string, MemberNode> _members;
    private readonly Dictionary<string, TeamNode> _teams;
    private readonly Dictionary<string, ProjectNode> _projects;
    private readonly ILookup<string, MembershipEdge> _membershipsOfMember;
    private readonly ILookup<string, MembershipEdge> _membershipsOfTeam;
    private readonly Dictionary<string, TeamNode[]> _teamsOfProject;
    private readonly Dictionary<string, ProjectNode[]> _projectsOfTeam;

    /// <summary>Indexes the rows.</summary>
    public AccessGraph(AccessGraphRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        At = rows.At;
        Organization = rows.Organization;
        AuthProvider = rows.AuthProvider;
        Roles = RoleCatalogue.Of(rows.Organization);
        Members = [.. rows.Members.OrderBy(static member => member.Email, StringComparer.Ordinal).ThenBy(static member => member.Id, StringComparer.Ordinal)];
        Teams = [.. rows.Teams.OrderBy(static team => team.Slug, StringComparer.Ordinal)];
        Projects = [.. rows.Projects.OrderBy(static project => project.Slug, StringComparer.Ordinal)];
        NonHumans = [.. rows.NonHumans.OrderBy(static principal => principal.Kind).ThenBy(static principal => principal.Name, StringComparer.Ordinal)];

        _members = Members.ToDictionary(static member => member.Id, StringComparer.Ordinal);
        _teams = Teams.ToDictionary(static team => team.Id, StringComparer.Ordinal);
        _projects = Projects.ToDictionary(static project => project.Id, StringComparer.Ordinal);
        _membershipsOfMember = rows.Memberships.ToLookup(static edge => edge.MemberId, StringComparer.Ordinal);
        _membershipsOfTeam = rows.Memberships.ToLookup(static edge => edge.TeamId, StringComparer.Ordinal);
        var links = rows.ProjectTeams.Where(edge => _projects.ContainsKey(edge.ProjectId)).ToList();
        _teamsOfProject = links.GroupBy(static edge => edge.ProjectId, edge => Team(edge.TeamId), StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.OrderBy(static team => team.Slug, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        _projectsOfTeam = links.GroupBy(static edge => edge.TeamId, edge => _projects[edge.ProjectId], StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.OrderBy(static project => project.Slug, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The instant the picture shows.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The organization's settings; null when they were never read.</summary>
    public OrganizationFact? Organization { get; }

    /// <summary>The single sign-on provider; null when there is none, or it was never read.</summary>
    public AuthProviderFact? AuthProvider { get; }

    /// <summary>The roles in force.</summary>
    public RoleCatalogue Roles { get; }

    /// <summary>Members and open invitations.</summary>
    public IReadOnlyList<MemberNode> Members { get; }

    /// <summary>Teams.</summary>
    public IReadOnlyList<TeamNode> Teams { get; }

    /// <summary>Projects.</summary>
    public IReadOnlyList<ProjectNode> Projects { get; }

    /// <summary>Principals that are no persons.</summary>
    public IReadOnlyList<NonHumanNode> NonHumans { get; }

    /// <summary>Whether stored team roles count. False also when Sentry did not tell.</summary>
    public bool TeamRolesInForce => Organization?.HasTeamRoles is true;

    /// <summary>The member with this member id; null when the picture holds none.</summary>
    public MemberNode? FindMember(string id) => _members.GetValueOrDefault(id);

    /// <summary>The team with this id; null when the picture holds none.</summary>
    public TeamNode? FindTeam(string id) => _teams.GetValueOrDefault(id);

    /// <summary>The project with this id; null when the picture holds none.</summary>
    public ProjectNode? FindProject(string id) => _projects.GetValueOrDefault(id);

    /// <summary>The memberships of a member.</summary>
    public IEnumerable<MembershipEdge> MembershipsOf(MemberNode member) => _membershipsOfMember[member.Id];

    /// <summary>The memberships of a team, including those of invitations and of users whom the member list hides.</summary>
    public IEnumerable<MembershipEdge> MembershipsOf(TeamNode team) => _membershipsOfTeam[team.Id];

    /// <summary>The teams that own a project.</summary>
    public IReadOnlyList<TeamNode> TeamsOf(ProjectNode project) => _teamsOfProject.GetValueOrDefault(project.Id, []);

    /// <summary>The projects that a team owns.</summary>
    public IReadOnlyList<ProjectNode> ProjectsOf(TeamNode team) => _projectsOfTeam.GetValueOrDefault(team.Id, []);

    /// <summary>The team with this id, or a stand-in when a link names a team that no read listed.</summary>
    internal TeamNode Team(string id) => FindTeam(id) ?? TeamNode.Unlisted(id);
}
