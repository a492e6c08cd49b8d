using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Access.Roles;

namespace Watchbill.Access.Explore;

/// <summary>A member in a table.</summary>
/// <param name="Member">The member or invitation.</param>
/// <param name="Role">The organization role.</param>
/// <param name="State">The state.</param>
/// <param name="Teams">Teams they are on.</param>
/// <param name="Held">Projects that are granted, whether or not it works now.</param>
/// <param name="Reachable">Projects Sentry lets them into now; 0 for whoever is stopped.</param>
/// <param name="TokensOnly">The web interface is closed to them, API tokens are not.</param>
public sealed record MemberRow(MemberNode Member, OrgRole Role, MemberState State, int Teams, int Held, int Reachable, bool TokensOnly)
{
    /// <summary>Last activity; null when never, not told, or of the past (activity has no history).</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Whether Sentry told of this member's activity at all.</summary>
    public bool ActivityTold { get; init; }
}

/// <summary>A team in a table.</summary>
/// <param name="Team">The team.</param>
/// <param name="Members">Memberships, those of invitations and deactivated users included.</param>
/// <param name="Projects">Projects it owns.</param>
/// <param name="Joinable">Every member may join without anyone's leave.</param>
public sealed record TeamRow(TeamNode Team, int Members, int Projects, bool Joinable);

/// <summary>A project in a table.</summary>
/// <param name="Project">The project.</param>
/// <param name="Teams">The teams that own it, by slug.</param>
/// <param name="Held">Members with a grant that works now, through a team or a global role.</param>
/// <param name="Reachable">Members Sentry lets in now.</param>
public sealed record ProjectRow(ProjectNode Project, IReadOnlyList<TeamNode> Teams, int Held, int Reachable);

/// <summary>A principal that is no person, in a table.</summary>
/// <param name="Principal">It.</param>
/// <param name="Project">The one project it is bound to; null when it reaches all, or the project is not known.</param>
/// <param name="LastActive">When it was last used; null when never or not told.</param>
public sealed record NonHumanRow(NonHumanFact Principal, ProjectNode? Project, DateTimeOffset? LastActive)
{
    /// <summary>What it may do; null when Sentry does not tell.</summary>
    public ScopeSet? Scopes { get; } = Principal.Scopes is null ? null : ScopeSet.Parse(Principal.Scopes);
}
