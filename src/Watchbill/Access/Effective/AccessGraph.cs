using System.Runtime.InteropServices;
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
    private readonly Dictionary<string, List<MembershipEdge>> _membershipsOfMember;
    private readonly Dictionary<string, List<MembershipEdge>> _membershipsOfTeam;
    private readonly Dictionary<string, List<TeamNode>> _teamsOfProject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ProjectNode>> _projectsOfTeam = new(StringComparer.Ordinal);
    private readonly Lazy<AccessRules> _rules;
    private readonly Lazy<Standing[]> _standings;

    /// <summary>Indexes the rows.</summary>
    public AccessGraph(AccessGraphRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        At = rows.At;
        Organization = rows.Organization;
        AuthProvider = rows.AuthProvider;
        OpenMembership = rows.ClosesOpenMembership ? false : rows.Organization?.OpenMembership;
        Roles = RoleCatalogue.Of(rows.Organization);
        Members = Sorted(rows.Members, static member => member.Email, static member => member.Id);
        Teams = Sorted(rows.Teams, static team => team.Slug, static team => team.Id);
        Projects = Sorted(rows.Projects, static project => project.Slug, static project => project.Id);
        NonHumans = [.. rows.NonHumans.OrderBy(static principal => principal.Kind).ThenBy(static principal => principal.Name, StringComparer.Ordinal)];

        _members = Members.ToDictionary(static member => member.Id, StringComparer.Ordinal);
        _teams = Teams.ToDictionary(static team => team.Id, StringComparer.Ordinal);
        _projects = Projects.ToDictionary(static project => project.Id, StringComparer.Ordinal);
        _membershipsOfMember = Grouped(rows.Memberships, static edge => edge.MemberId);
        _membershipsOfTeam = Grouped(rows.Memberships, static edge => edge.TeamId);
        Link(rows.ProjectTeams);
        _rules = new(() => new AccessRules(this));
        _standings = new(() => [.. Members.Select(Rules.StandingOf)]);
    }

    /// <summary>The instant the picture shows.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The organization's settings; null when they were never read.</summary>
    public OrganizationFact? Organization { get; }

    /// <summary>The single sign-on provider; null when there is none, or it was never read.</summary>
    public AuthProviderFact? AuthProvider { get; }

    /// <summary>Whether every member reaches every project and may join any team; null when Sentry did not tell.</summary>
    public bool? OpenMembership { get; }

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
    public IReadOnlyList<MembershipEdge> MembershipsOf(MemberNode member) => _membershipsOfMember.GetValueOrDefault(member.Id) ?? [];

    /// <summary>The memberships of a team, including those of invitations and of users whom the member list hides.</summary>
    public IReadOnlyList<MembershipEdge> MembershipsOf(TeamNode team) => _membershipsOfTeam.GetValueOrDefault(team.Id) ?? [];

    /// <summary>The teams that own a project.</summary>
    public IReadOnlyList<TeamNode> TeamsOf(ProjectNode project) => _teamsOfProject.GetValueOrDefault(project.Id) ?? [];

    /// <summary>The projects that a team owns.</summary>
    public IReadOnlyList<ProjectNode> ProjectsOf(TeamNode team) => _projectsOfTeam.GetValueOrDefault(team.Id) ?? [];

    /// <summary>What the picture was made of; for making another that differs in something.</summary>
    internal AccessGraphRows ToRows() => new()
    {
        At = At,
        Organization = Organization,
        AuthProvider = AuthProvider,
        Members = Members,
        Teams = Teams,
        Memberships = [.. _membershipsOfMember.Values.SelectMany(static edges => edges)],
        Projects = Projects,
        ProjectTeams = [.. _teamsOfProject.SelectMany(static project => project.Value.Select(team => new ProjectTeamEdge(project.Key, team.Id)))],
        NonHumans = NonHumans,
    };

    /// <summary>The rules, applied to this picture.</summary>
    internal AccessRules Rules => _rules.Value;

    /// <summary>What is true of each member whatever the project, in the order of <see cref="Members"/>; computed when first asked for.</summary>
    internal IReadOnlyList<Standing> Standings => _standings.Value;

    /// <summary>The team with this id, or a stand-in when a link names a team that no read listed.</summary>
    internal TeamNode Team(string id) => FindTeam(id) ?? TeamNode.Unlisted(id);

    private static T[] Sorted<T>(IEnumerable<T> nodes, Func<T, string> name, Func<T, string> id)
    {
        var sorted = nodes.ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(name(left), name(right)) is not 0 and var order ? order : string.CompareOrdinal(id(left), id(right)));
        return sorted;
    }

    private static Dictionary<string, List<MembershipEdge>> Grouped(IEnumerable<MembershipEdge> edges, Func<MembershipEdge, string> key)
    {
        Dictionary<string, List<MembershipEdge>> groups = new(StringComparer.Ordinal);
        foreach (var edge in edges)
        {
            ListOf(groups, key(edge)).Add(edge);
        }

        return groups;
    }

    private static List<T> ListOf<T>(Dictionary<string, List<T>> groups, string key)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _);
        return list ??= [];
    }

    /// <summary>Joins teams and projects, each side in the order of slugs. A link to a project that no read listed leads nowhere.</summary>
    private void Link(IEnumerable<ProjectTeamEdge> links)
    {
        foreach (var link in links)
        {
            if (FindProject(link.ProjectId) is { } project)
            {
                ListOf(_teamsOfProject, link.ProjectId).Add(Team(link.TeamId));
                ListOf(_projectsOfTeam, link.TeamId).Add(project);
            }
        }

        foreach (var teams in _teamsOfProject.Values)
        {
            teams.Sort(static (left, right) => string.CompareOrdinal(left.Slug, right.Slug));
        }

        foreach (var projects in _projectsOfTeam.Values)
        {
            projects.Sort(static (left, right) => string.CompareOrdinal(left.Slug, right.Slug));
        }
    }
}
