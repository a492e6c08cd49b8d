using Watchbill.Access.Facts;

namespace Watchbill.Access.Effective;

/// <summary>What an <see cref="AccessGraph"/> is made of: everything that held at one instant, or the part that one question needs.</summary>
public sealed record AccessGraphRows
{
    /// <summary>The instant.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The organization; null when it was never read.</summary>
    public OrganizationFact? Organization { get; init; }

    /// <summary>The single sign-on provider; null when there is none, or it was never read.</summary>
    public AuthProviderFact? AuthProvider { get; init; }

    /// <summary>Shows the organization as if its open membership were turned off.</summary>
    public bool ClosesOpenMembership { get; init; }

    /// <summary>Members and open invitations.</summary>
    public IReadOnlyList<MemberNode> Members { get; init; } = [];

    /// <summary>Teams.</summary>
    public IReadOnlyList<TeamNode> Teams { get; init; } = [];

    /// <summary>Who is on which team.</summary>
    public IReadOnlyList<MembershipEdge> Memberships { get; init; } = [];

    /// <summary>Projects.</summary>
    public IReadOnlyList<ProjectNode> Projects { get; init; } = [];

    /// <summary>Which team owns which project.</summary>
    public IReadOnlyList<ProjectTeamEdge> ProjectTeams { get; init; } = [];

    /// <summary>Principals that are no persons.</summary>
    public IReadOnlyList<NonHumanNode> NonHumans { get; init; } = [];

    /// <summary>The rows among <paramref name="facts"/> that hold at the instant. Facts of one connector only.</summary>
    public static AccessGraphRows Of(IEnumerable<Fact> facts, DateTimeOffset at)
    {
        var holding = facts.Where(fact => fact.ValidFrom <= at && at < fact.ValidTo).ToLookup(static fact => fact.GetType());
        return new AccessGraphRows
        {
            At = at,
            Organization = holding[typeof(OrganizationFact)].Cast<OrganizationFact>().FirstOrDefault(),
            AuthProvider = holding[typeof(AuthProviderFact)].Cast<AuthProviderFact>().FirstOrDefault(),
            Members = [.. holding[typeof(MemberFact)].Cast<MemberFact>().Select(MemberNode.Of)],
            Teams = [.. holding[typeof(TeamFact)].Cast<TeamFact>().Select(TeamNode.Of)],
            Memberships = [.. holding[typeof(TeamMembershipFact)].Cast<TeamMembershipFact>().Select(static fact => new MembershipEdge(fact.TeamId, fact.MemberId, fact.TeamRole))],
            Projects = [.. holding[typeof(ProjectFact)].Cast<ProjectFact>().Select(ProjectNode.Of)],
            ProjectTeams = [.. holding[typeof(ProjectTeamFact)].Cast<ProjectTeamFact>().Select(static fact => new ProjectTeamEdge(fact.ProjectId, fact.TeamId))],
            NonHumans = [.. holding[typeof(NonHumanFact)].Cast<NonHumanFact>().Select(NonHumanNode.Of)],
        };
    }
}
