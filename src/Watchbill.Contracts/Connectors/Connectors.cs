namespace Watchbill.Contracts.Connectors;

/// <summary>A configured connection to one Sentry organization, and how it stands.</summary>
public sealed record Connector
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>What people call it; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The application it stands for; null when none was named.</summary>
    public string? Application { get; init; }

    /// <summary>Where Sentry is.</summary>
    public required string Address { get; init; }

    /// <summary>The organization's slug.</summary>
    public required string Organization { get; init; }

    /// <summary>Sentry's id of the organization; null until it was reached once.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The accounts that look after it.</summary>
    public IReadOnlyList<long> Owners { get; init; } = [];

    /// <summary>not-connected, syncing, connected, degraded, failed, paused or needs-confirmation.</summary>
    public required string State { get; init; }

    /// <summary>Why it is in this state; null when there is nothing to tell.</summary>
    public string? StateReason { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>What kind of token it has; null while it has none.</summary>
    public string? TokenKind { get; init; }

    /// <summary>The token's last four characters; null while it has none.</summary>
    public string? TokenLastFour { get; init; }

    /// <summary>Since when Watchbill may change something in Sentry; null while it may not.</summary>
    public DateTimeOffset? WritesSince { get; init; }

    /// <summary>What kind of token changes are made with; null when it is the one that reads.</summary>
    public string? WriteTokenKind { get; init; }

    /// <summary>The last four characters of that token; null as above.</summary>
    public string? WriteTokenLastFour { get; init; }

    /// <summary>When it is read: manual, hourly, every-6-hours, daily-at-H or cron:EXPRESSION, in UTC.</summary>
    public required string Schedule { get; init; }

    /// <summary>When it is read next by itself; null when by hand only, or paused.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>When somebody asked for a run that has not begun; null when nobody did.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>The share of Sentry's rate limit that it may use, 0.05 to 1.</summary>
    public double BudgetShare { get; init; }

    /// <summary>Whether addresses in private networks are allowed.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>What its token cannot see, in words.</summary>
    public IReadOnlyList<string> BlindSpots { get; init; } = [];

    /// <summary>Runs that failed since the last one that did not.</summary>
    public int FailedRuns { get; init; }

    /// <summary>Parts of the organization whose latest read failed.</summary>
    public int StaleScopes { get; init; }

    /// <summary>The latest run; null when there was none.</summary>
    public Run? LastRun { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts its changes: the value of its <c>ETag</c>.</summary>
    public long Version { get; init; }
}

/// <summary>What was found when a connection was tried out.</summary>
public sealed record Preflight
{
    /// <summary>Whether a sync could read the organization.</summary>
    public required bool CanConnect { get; init; }

    /// <summary>Sentry's id of the organization; null when it was not reached.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The organization's name; null when it was not reached.</summary>
    public string? OrganizationName { get; init; }

    /// <summary>About how many members it has; null when not told.</summary>
    public int? MemberCountHint { get; init; }

    /// <summary>What the token cannot see, in words.</summary>
    public IReadOnlyList<string> BlindSpots { get; init; } = [];

    /// <summary>What was tried, in order.</summary>
    public IReadOnlyList<Probe> Probes { get; init; } = [];
}

/// <summary>One thing that was tried.</summary>
/// <param name="Id">Stable, kebab-case; explained in the reference of probes.</param>
/// <param name="Title">What was tried.</param>
/// <param name="Outcome">passed, warning, failed or not-run.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Remedy">What to do; null when nothing.</param>
public sealed record Probe(string Id, string Title, string Outcome, string Evidence, string? Remedy);

/// <summary>A connector that was saved, and what its preflight found.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Preflight">What was found; null when it was saved without a token.</param>
public sealed record SavedConnector(Connector Connector, Preflight? Preflight);

/// <summary>The requests that a sync would send.</summary>
/// <param name="Requests">All together.</param>
/// <param name="IsExact">Whether sizes are known from a run before.</param>
/// <param name="Lines">By listing.</param>
public sealed record Plan(int Requests, bool IsExact, IReadOnlyList<PlanLine> Lines);

/// <summary>The requests for one kind of listing.</summary>
/// <param name="Listing">The listing.</param>
/// <param name="Rows">How many rows it had last time; null when not known.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="Note">Why it is read so, where there are several ways; null otherwise.</param>
public sealed record PlanLine(string Listing, long? Rows, int Requests, string? Note);

/// <summary>Somebody who may look after connectors.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The address.</param>
/// <param name="MayManage">Whether they may manage connectors.</param>
public sealed record PossibleOwner(long Id, string Name, string Email, bool MayManage);

/// <summary>One part of an organization, as far as it was read.</summary>
/// <param name="Name">The part, for example <c>members</c> or <c>team-members/42</c>.</param>
/// <param name="Rows">How many rows its last complete read had.</param>
/// <param name="LastCompleteAt">When it was last read to its end; null when never: a blind spot.</param>
/// <param name="StaleSince">Since when reads of it fail; null while it is fresh.</param>
/// <param name="Reason">Why; null while it is fresh.</param>
/// <param name="ListedAt">When its listing itself was read to its end last; earlier than the last complete read when since then only the rows were read that
/// Sentry's audit log names. Null when never.</param>
/// <param name="UnchangedUntil">Until when Sentry's audit log names no change after the last read; null when the log was not asked.</param>
public sealed record ConnectorScope(
    string Name, long Rows, DateTimeOffset? LastCompleteAt, DateTimeOffset? StaleSince, string? Reason, DateTimeOffset? ListedAt, DateTimeOffset? UnchangedUntil);
