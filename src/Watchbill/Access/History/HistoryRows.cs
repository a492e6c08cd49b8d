using Watchbill.Access.Facts;
using Watchbill.Access.Logged;

namespace Watchbill.Access.History;

/// <summary>What a history is told from: periods, oldest first, what explains them, and what the ids in them stand for.</summary>
internal sealed record HistoryRows
{
    public IReadOnlyList<MemberFact> Members { get; init; } = [];

    public IReadOnlyList<TeamFact> Teams { get; init; } = [];

    public IReadOnlyList<ProjectFact> Projects { get; init; } = [];

    public IReadOnlyList<TeamMembershipFact> Memberships { get; init; } = [];

    public IReadOnlyList<ProjectTeamFact> Links { get; init; } = [];

    /// <summary>The lines of Sentry's audit log that explain a beginning or an end.</summary>
    public IReadOnlyDictionary<(FactKind Kind, string Key, DateTimeOffset At, bool IsEnd), LoggedEvent> Causes { get; init; } =
        new Dictionary<(FactKind Kind, string Key, DateTimeOffset At, bool IsEnd), LoggedEvent>();

    /// <summary>When each scope was first read, by scope.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FirstReads { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The last known addresses, by member id.</summary>
    public IReadOnlyDictionary<string, string> MemberNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The last known slugs, by team id.</summary>
    public IReadOnlyDictionary<string, string> TeamNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The last known slugs, by project id.</summary>
    public IReadOnlyDictionary<string, string> ProjectNames { get; init; } = new Dictionary<string, string>();
}
