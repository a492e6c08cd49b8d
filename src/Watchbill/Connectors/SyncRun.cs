using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>
/// The life of a sync run. It starts Running; the process that holds its lease ends it. A run whose process died is taken over by the
/// next one, which keeps what was already read. Held runs are ended by a person.
/// </summary>
public enum SyncRunState
{
    /// <summary>A process is reading.</summary>
    Running,

    /// <summary>Every scope was read completely and applied.</summary>
    Succeeded,

    /// <summary>Some scopes were read and applied; the others are stale.</summary>
    Degraded,

    /// <summary>Nothing was applied.</summary>
    Failed,

    /// <summary>Read completely, but it would close so many facts that nothing was applied until somebody decides.</summary>
    NeedsConfirmation,

    /// <summary>Somebody rejected the held difference; nothing was applied.</summary>
    Rejected,

    /// <summary>Its process died; a later run took over what it had read.</summary>
    Interrupted,
}

/// <summary>How much a run reads.</summary>
public enum SyncMode
{
    /// <summary>Every scope.</summary>
    Full,

    /// <summary>What Sentry's audit log names since the last run; without the log the cheap listings and the teams whose turn it is.</summary>
    Incremental,
}

/// <summary>What became of one scope in a run.</summary>
public enum ScopeOutcome
{
    /// <summary>Read to its proven end; it said what the ledger already held.</summary>
    Unchanged,

    /// <summary>Read to its proven end; the difference was applied.</summary>
    Applied,

    /// <summary>Read to its proven end; the difference waits for somebody to confirm it.</summary>
    Held,

    /// <summary>Not read completely; its facts are untouched and stale.</summary>
    Failed,

    /// <summary>The credentials cannot read it; a named blind spot.</summary>
    NotPermitted,
}

/// <summary>One run of a connector.</summary>
public sealed record SyncRun
{
    /// <summary>Identifies it.</summary>
    public required SyncRunId Id { get; init; }

    /// <summary>The connector.</summary>
    public required ConnectorId ConnectorId { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required SyncRunState State { get; init; }

    /// <summary>How much it read.</summary>
    public SyncMode Mode { get; init; }

    /// <summary>
    /// How many members, places in teams, projects and so on changed without a line of Sentry's audit log that explains it; null when the log was not asked,
    /// or nothing was known before.
    /// </summary>
    public int? Unlogged { get; init; }

    /// <summary>Why, in one sentence; null when the state says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>HTTP requests sent to Sentry, including retries.</summary>
    public int Requests { get; init; }

    /// <summary>Requests the plan predicted once it knew the sizes; null before that.</summary>
    public int? PredictedRequests { get; init; }

    /// <summary>Rows read.</summary>
    public long Rows { get; init; }

    /// <summary>Requests sent again after a failure.</summary>
    public int Retries { get; init; }

    /// <summary>Answers that said the rate limit was exceeded.</summary>
    public int RateLimited { get; init; }

    /// <summary>How far Sentry's clock was from Watchbill's at most; null when nothing was answered, and for runs of older versions.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>Facts that began.</summary>
    public int Opened { get; init; }

    /// <summary>Facts that ended.</summary>
    public int Closed { get; init; }

    /// <summary>What it does now, in words ("reading", "applying"); null before its first second and after its end.</summary>
    public string? Phase { get; init; }

    /// <summary>The scope that moved last; null when none did, and after its end.</summary>
    public string? PhaseScope { get; init; }
}

/// <summary>One line of a run's log: what happened with one scope.</summary>
public sealed record SyncScope
{
    /// <summary>The scope's name, see <see cref="Access.Scope"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>What became of it.</summary>
    public required ScopeOutcome Outcome { get; init; }

    /// <summary>When its read began: the instant its facts are valid from.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>How long its read took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>HTTP requests, including retries.</summary>
    public int Requests { get; init; }

    /// <summary>Rows read.</summary>
    public int Rows { get; init; }

    /// <summary>The code of what went wrong; null when nothing did.</summary>
    public string? FailureCode { get; init; }

    /// <summary>What went wrong, or what to know about it, in one sentence; null when nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>How far a run is; sent to whoever watches it.</summary>
/// <param name="Phase">What it does now, in words ("reading", "applying").</param>
/// <param name="Scope">The scope that moved last; null when none did.</param>
/// <param name="DoneRequests">Requests answered so far.</param>
/// <param name="PredictedRequests">Requests the plan predicts; grows until the sizes are known.</param>
/// <param name="Rows">Rows read so far.</param>
public sealed record SyncProgress(string Phase, string? Scope, int DoneRequests, int PredictedRequests, long Rows);
