using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>What one member reaches.</summary>
/// <param name="Member">The member.</param>
/// <param name="Role">The organization role, with its scopes.</param>
/// <param name="Teams">Teams with the role in effect, by slug.</param>
/// <param name="Obstacles">What stops them, whatever the project.</param>
/// <param name="Projects">The projects that something leads to, by slug.</param>
public sealed record MemberAccess(
    MemberNode Member, OrgRole Role, IReadOnlyList<MemberTeam> Teams, IReadOnlyList<Obstacle> Obstacles, IReadOnlyList<AccessPair> Projects)
{
    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<AccessNote> Notes { get; init; } = [];

    /// <summary>How many projects Sentry lets them into now.</summary>
    public int ReachableCount => Projects.Count(static pair => pair.ReachesNow);

    /// <summary>How many are granted, whether or not they work now.</summary>
    public int HeldCount => Projects.Count(static pair => pair.IsHeld);
}

/// <summary>Who reaches one project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Teams">The teams that own it, by slug; none: it is an orphan.</param>
/// <param name="Members">Members that something leads to it, by address: also those an obstacle stops and those of whom it is unknown.</param>
/// <param name="NonHumans">Principals that are no persons.</param>
public sealed record ProjectAccess(
    ProjectNode Project, IReadOnlyList<TeamNode> Teams, IReadOnlyList<AccessPair> Members, IReadOnlyList<NonHumanReach> NonHumans)
{
    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<AccessNote> Notes { get; init; } = [];

    /// <summary>How many members Sentry lets in now.</summary>
    public int ReachableCount => Members.Count(static pair => pair.ReachesNow);

    /// <summary>How many hold a grant, whether or not it works now.</summary>
    public int HeldCount => Members.Count(static pair => pair.IsHeld);

    /// <summary>How many would get in, were they not stopped.</summary>
    public int StoppedCount => Members.Count(static pair => pair.IsStopped);

    /// <summary>Of how many nobody can say.</summary>
    public int UnknownCount => Members.Count(static pair => pair.IsUnknown);
}

/// <summary>One member of a team.</summary>
/// <param name="Member">The member.</param>
/// <param name="Membership">The place in the team.</param>
/// <param name="Obstacles">What stops the member.</param>
public sealed record TeamMember(MemberNode Member, MemberTeam Membership, IReadOnlyList<Obstacle> Obstacles);

/// <summary>What one team gives, and to whom.</summary>
/// <param name="Team">The team.</param>
/// <param name="Members">Its members, by address.</param>
/// <param name="Projects">The projects it owns, by slug.</param>
public sealed record TeamAccess(TeamNode Team, IReadOnlyList<TeamMember> Members, IReadOnlyList<ProjectNode> Projects)
{
    /// <summary>Anyone may join without leave: membership is open and the team is not managed through SCIM.</summary>
    public bool IsJoinableByAnyone { get; init; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<AccessNote> Notes { get; init; } = [];
}

/// <summary>Why a member reaches a project, or why not and what would change that.</summary>
/// <param name="Pair">The member and the project with every path.</param>
/// <param name="Options">When they do not reach it: what would give it. Empty otherwise.</param>
public sealed record AccessExplanation(AccessPair Pair, IReadOnlyList<AccessOption> Options)
{
    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<AccessNote> Notes { get; init; } = [];

    /// <summary>The answer in one sentence.</summary>
    public string Sentence => $"{Pair.Member.Name} {Verdict} {Pair.Project.Slug}{Reasons}.";

    private string Verdict => Pair switch
    {
        { ReachesByTokenOnly: true } => "reaches, with API tokens only,",
        { ReachesNow: true } => "reaches",
        { IsUnknown: true } => "may reach",
        { IsStopped: true } => "would reach, but does not now,",
        _ => "does not reach",
    };

    private string Reasons
    {
        get
        {
            string[] reasons = [.. Pair.Paths.Where(static path => path.Kind is not AccessPathKind.JoinableTeam).Select(static path => path.Sentence)];
            string[] obstacles = [.. Pair.Obstacles.Select(static obstacle => obstacle.Sentence)];
            return (reasons.Length == 0 ? "" : ": " + string.Join(", ", reasons)) + (obstacles.Length == 0 ? "" : "; " + string.Join("; ", obstacles));
        }
    }
}
