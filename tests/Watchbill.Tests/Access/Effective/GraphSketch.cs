using Watchbill.Access.Effective;
using Watchbill.Access.Facts;

namespace Watchbill.Tests.Access.Effective;

/// <summary>
/// Draws a small organization in a few words. Ids differ in kind and never equal slugs, so that a rule which confuses them fails.
/// Unless said otherwise: closed membership, team roles in force, no single sign-on, no second factor required, everybody active.
/// </summary>
internal sealed class GraphSketch
{
    private readonly Dictionary<string, MemberNode> _members = [];
    private readonly Dictionary<string, TeamNode> _teams = [];
    private readonly Dictionary<string, ProjectNode> _projects = [];
    private readonly List<MembershipEdge> _memberships = [];
    private readonly List<ProjectTeamEdge> _links = [];
    private readonly List<NonHumanNode> _nonHumans = [];

    public OrganizationFact? Organization { get; init; } = Settings();

    public AuthProviderFact? AuthProvider { get; init; }

    public static OrganizationFact Settings(bool? openMembership = false, bool? teamRoles = true, bool? requireTwoFactor = false) => new()
    {
        Scope = "organization",
        Key = "1",
        Slug = "acme",
        Name = "Acme",
        OpenMembership = openMembership,
        HasTeamRoles = teamRoles,
        RequireTwoFactor = requireTwoFactor,
    };

    public static AuthProviderFact Sso(bool? requireLink = true) =>
        new() { Scope = "auth-provider", Key = "1", ProviderName = "okta", RequireLink = requireLink };

    public GraphSketch Member(string name, string role = "member", Func<MemberNode, MemberNode>? with = null)
    {
        var member = new MemberNode
        {
            Id = $"m-{name}",
            UserId = $"u-{name}",
            Email = $"{name}@example.com",
            Name = name,
            OrgRole = role,
            UserIsActive = true,
            HasTwoFactor = true,
        };
        _members[name] = with is null ? member : with(member);
        return this;
    }

    public GraphSketch Team(string slug, string[]? owns = null, bool idpProvisioned = false)
    {
        _teams[slug] = new TeamNode($"t-{slug}", slug, slug, idpProvisioned);
        foreach (var project in owns ?? [])
        {
            Project(project);
            _links.Add(new ProjectTeamEdge($"p-{project}", $"t-{slug}"));
        }

        return this;
    }

    public GraphSketch Project(string slug)
    {
        _projects[slug] = new ProjectNode($"p-{slug}", slug, slug, null);
        return this;
    }

    public GraphSketch On(string team, string member, string? storedRole = null)
    {
        _memberships.Add(new MembershipEdge($"t-{team}", $"m-{member}", storedRole));
        return this;
    }

    public GraphSketch NonHuman(NonHumanNode principal)
    {
        _nonHumans.Add(principal);
        return this;
    }

    public AccessGraph ToGraph() => new(new AccessGraphRows
    {
        At = DateTimeOffset.UnixEpoch,
        Organization = Organization,
        AuthProvider = AuthProvider,
        Members = [.. _members.Values],
        Teams = [.. _teams.Values],
        Memberships = _memberships,
        Projects = [.. _projects.Values],
        ProjectTeams = _links,
        NonHumans = _nonHumans,
    });

    public AccessPair Pair(string member, string project) => new EffectiveAccess(ToGraph()).Why($"m-{member}", $"p-{project}")!.Pair;

    public MemberAccess Of(string member) => new EffectiveAccess(ToGraph()).OfMember($"m-{member}")!;

    public ProjectAccess Who(string project) => new EffectiveAccess(ToGraph()).WhoReaches($"p-{project}")!;

    public AccessExplanation Why(string member, string project) => new EffectiveAccess(ToGraph()).Why($"m-{member}", $"p-{project}")!;
}
