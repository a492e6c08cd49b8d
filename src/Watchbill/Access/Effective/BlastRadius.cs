namespace Watchbill.Access.Effective;

/// <summary>What becomes of one access when something is taken away. In the order in which people want to read it.</summary>
public enum LossKind
{
    /// <summary>What is taken away was the last way.</summary>
    Ends,

    /// <summary>Another way is left, which allows less or is open to everybody rather than granted.</summary>
    Narrows,

    /// <summary>Other ways are left that allow just as much.</summary>
    Stays,
}

/// <summary>What a removal means for one member and one project; for one member and several projects where they are too many to name each.</summary>
public sealed record Loss
{
    /// <summary>What becomes of it.</summary>
    public required LossKind Kind { get; init; }

    /// <summary>The member.</summary>
    public required MemberNode Member { get; init; }

    /// <summary>The project; null when several are counted.</summary>
    public ProjectNode? Project { get; init; }

    /// <summary>How many projects it is about.</summary>
    public int Projects { get; init; } = 1;

    /// <summary>What leads there still; empty when nothing does, or when several projects are counted.</summary>
    public IReadOnlyList<AccessPath> LeftPaths { get; init; } = [];

    /// <summary>What they could do there no more, in Sentry's scopes; empty when several projects are counted.</summary>
    public IReadOnlyList<string> LostScopes { get; init; } = [];

    /// <summary>They could take it back without anyone's leave.</summary>
    public bool IsSelfJoinable { get; init; }
}

/// <summary>What taking something away would take away, before anybody does it.</summary>
/// <param name="Removal">What would be taken away.</param>
/// <param name="Losses">
/// Every pair that the removal touches: those that end first, then by address and slug. When open membership is closed, the members who lose projects, the
/// largest loss first.
/// </param>
public sealed record BlastRadius(AccessRemoval Removal, IReadOnlyList<Loss> Losses)
{
    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<AccessNote> Notes { get; init; } = [];

    /// <summary>The one member it is about; null when it may concern several.</summary>
    public MemberNode? Member => Removal switch
    {
        AccessRemoval.OfMember removal => removal.Member,
        AccessRemoval.OfMembership removal => removal.Member,
        _ => null,
    };

    /// <summary>The team that would lose a member or a project; null when none would.</summary>
    public TeamNode? Team => Removal switch
    {
        AccessRemoval.OfMembership removal => removal.Team,
        AccessRemoval.OfProjectTeam removal => removal.Team,
        _ => null,
    };

    /// <summary>The one project it is about; null when it may concern several.</summary>
    public ProjectNode? Project => (Removal as AccessRemoval.OfProjectTeam)?.Project;

    /// <summary>Accesses that would end: the removal takes their last way.</summary>
    public long Ends => Count(LossKind.Ends);

    /// <summary>Accesses that would be left with less.</summary>
    public long Narrows => Count(LossKind.Narrows);

    /// <summary>Accesses it touches that would be as they are.</summary>
    public long Stays => Count(LossKind.Stays);

    /// <summary>People who would lose an access.</summary>
    public int People => Losses.Where(static loss => loss.Kind is LossKind.Ends).DistinctBy(static loss => loss.Member.Id).Count();

    /// <summary>It, in words.</summary>
    public string Sentence => $"{What} {Effect}";

    private string What => Removal switch
    {
        AccessRemoval.OfMember { Member.Pending: true } removal => $"Withdrawing the invitation of {removal.Member.Email}",
        AccessRemoval.OfMember removal => $"Removing {removal.Member.Email} from the organization",
        AccessRemoval.OfMembership removal => $"Taking {removal.Member.Email} off team {removal.Team.Slug}",
        AccessRemoval.OfProjectTeam removal => $"Taking {removal.Project.Slug} away from team {removal.Team.Slug}",
        _ => "Closing open membership",
    };

    private string Effect => (Ends, Narrows, Stays) switch
    {
        (0, 0, 0) => "takes no access to any project away.",
        (0, 0, var stays) => $"takes nothing away: other ways are left to all {Noun(stays)} it touches.",
        (0, var narrows, var stays) => $"ends no access, narrows {Noun(narrows)}{Left(stays)}.",
        (var ends, 0, var stays) => $"ends {Noun(ends)}{Of}{Left(stays)}.",
        var (ends, narrows, stays) => $"ends {Noun(ends)}{Of}, narrows {narrows:N0}{Left(stays)}.",
    };

    private string Of => People > 1 ? $" of {People:N0} people" : "";

    private static string Left(long stays) => stays == 0 ? "" : $" and leaves {stays:N0} as {(stays == 1 ? "it is" : "they are")}";

    private static string Noun(long accesses) => accesses == 1 ? "1 access" : $"{accesses:N0} accesses";

    private long Count(LossKind kind) => Losses.Where(loss => loss.Kind == kind).Sum(static loss => (long)loss.Projects);
}
