using System.ComponentModel.DataAnnotations;

namespace Watchbill.Contracts.Connectors;

/// <summary>One reading of an organization.</summary>
public sealed record Run
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The connector.</summary>
    public required long Connector { get; init; }

    /// <summary>running, succeeded, degraded, failed, needs-confirmation, rejected or interrupted.</summary>
    public required string State { get; init; }

    /// <summary>full (it reads everything) or incremental (what Sentry's audit log names since the last run).</summary>
    public required string Mode { get; init; }

    /// <summary>How many members, places in teams, projects and so on changed without a line of Sentry's audit log that explains it; null when the log was not asked.</summary>
    public int? Unlogged { get; init; }

    /// <summary>Why it is in this state; null when there is nothing to tell.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it does now; null when it does nothing.</summary>
    public string? Phase { get; init; }

    /// <summary>Which scope it reads now; null when none.</summary>
    public string? PhaseScope { get; init; }

    /// <summary>Requests that were sent.</summary>
    public int Requests { get; init; }

    /// <summary>Requests that its plan named; null when it had none.</summary>
    public int? PredictedRequests { get; init; }

    /// <summary>Rows that were read.</summary>
    public long Rows { get; init; }

    /// <summary>Requests that were sent again.</summary>
    public int Retries { get; init; }

    /// <summary>Answers that said "too many requests".</summary>
    public int RateLimited { get; init; }

    /// <summary>Facts that began.</summary>
    public int Opened { get; init; }

    /// <summary>Facts that ended.</summary>
    public int Closed { get; init; }
}

/// <summary>What a run did with one scope.</summary>
public sealed record RunScope
{
    /// <summary>The scope, for example <c>members</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>unchanged, applied, held, failed or not-permitted.</summary>
    public required string Outcome { get; init; }

    /// <summary>When its reading began.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Requests that were sent.</summary>
    public int Requests { get; init; }

    /// <summary>Rows that were read.</summary>
    public int Rows { get; init; }

    /// <summary>The code of the failure; null when there was none.</summary>
    public string? FailureCode { get; init; }

    /// <summary>A sentence; null when there is nothing to tell.</summary>
    public string? Note { get; init; }
}

/// <summary>What a held run would change, counted.</summary>
/// <param name="Lines">By kind of fact and scope.</param>
public sealed record Difference(IReadOnlyList<DifferenceLine> Lines);

/// <summary>What a held run would change in one kind of fact of one family of scopes.</summary>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Family">The family of scopes, for example <c>team-members</c>.</param>
/// <param name="Open">Facts that are open now.</param>
/// <param name="Closing">Facts that would end.</param>
/// <param name="Changing">Facts that would change.</param>
/// <param name="Opening">Facts that would begin.</param>
public sealed record DifferenceLine(string Kind, string Family, long Open, long Closing, long Changing, long Opening);

/// <summary>One fact that a held run would end or begin.</summary>
/// <param name="Change">closing or opening.</param>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Key">Sentry's ids.</param>
/// <param name="Name">What people call it; null when it has no name.</param>
public sealed record DifferenceFact(string Change, string Kind, string Key, string? Name);

/// <summary>How many facts of a held run's difference to list.</summary>
public sealed record DifferenceQuery
{
    /// <summary>The most facts of each kind and change, 1 to 1000; 20 when left out.</summary>
    [Range(1, 1000)]
    public int? Limit { get; init; }
}
