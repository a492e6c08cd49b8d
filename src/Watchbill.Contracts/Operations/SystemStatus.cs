namespace Watchbill.Contracts.Operations;

/// <summary>How Watchbill itself stands at one moment.</summary>
public sealed record SystemStatus
{
    /// <summary>When that was so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version of the process that answers.</summary>
    public required string Version { get; init; }

    /// <summary>The schema of the database.</summary>
    public required long Schema { get; init; }

    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>How large the database is, in bytes.</summary>
    public required long StoreBytes { get; init; }

    /// <summary>What waits to be done.</summary>
    public required IReadOnlyList<QueueStatus> Queues { get; init; }

    /// <summary>The processes on this database, oldest first.</summary>
    public required IReadOnlyList<NodeStatus> Nodes { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<SourceStatus> Sources { get; init; }
}

/// <summary>How one queue stands.</summary>
/// <param name="Queue"><c>syncs</c>, <c>running-syncs</c>, <c>changes</c>, <c>escalated-changes</c>, <c>overdue-grants</c>, <c>mails</c> or <c>unsealed-events</c>.</param>
/// <param name="Count">So many wait.</param>
/// <param name="Since">The longest wait began then; null when nothing waits.</param>
/// <param name="IsLate">Whether it waits longer than it should.</param>
public sealed record QueueStatus(string Queue, long Count, DateTimeOffset? Since, bool IsLate);

/// <summary>One process that answers, or did within a day.</summary>
/// <param name="Name">Machine, process and start.</param>
/// <param name="Version">Its version.</param>
/// <param name="Schema">The newest schema that it knows.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="SeenAt">When it last gave a sign of life.</param>
/// <param name="IsAlive">Whether that is not long ago.</param>
public sealed record NodeStatus(string Name, string Version, long Schema, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsAlive);

/// <summary>How one source stands.</summary>
public sealed record SourceStatus
{
    /// <summary>Its number.</summary>
    public required long Connector { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required string State { get; init; }

    /// <summary>When its last run ended, or began when it is under way; null when there was none.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>When it is read next; null when nothing is planned.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>So many listings could not be read lately.</summary>
    public int StaleScopes { get; init; }

    /// <summary>Sentry's limit of requests in a window, as the process that answers saw it; null when it asked nothing lately.</summary>
    public int? RateLimit { get; init; }

    /// <summary>So many of them were left; null when not known.</summary>
    public int? RateRemaining { get; init; }
}
