using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Operations;

/// <summary>What waits to be done.</summary>
public enum WorkQueue
{
    /// <summary>Syncs that were asked for and that no process has taken.</summary>
    Syncs,

    /// <summary>Syncs under way.</summary>
    RunningSyncs,

    /// <summary>Changes in Sentry to be made or under way.</summary>
    Changes,

    /// <summary>Changes in Sentry that need a person.</summary>
    EscalatedChanges,

    /// <summary>Temporary grants whose time is over and that have not ended.</summary>
    OverdueGrants,

    /// <summary>Mails and messages to channels to be sent.</summary>
    Mails,

    /// <summary>Audit events that are not sealed yet.</summary>
    UnsealedEvents,
}

/// <summary>How one queue stands.</summary>
/// <param name="Queue">Which.</param>
/// <param name="Count">So many wait.</param>
/// <param name="Since">The longest wait began then; null when nothing waits.</param>
/// <param name="IsLate">Whether it waits longer than it should: something is wrong.</param>
public sealed record QueueStatus(WorkQueue Queue, long Count, DateTimeOffset? Since, bool IsLate);

/// <summary>One process that answers, or did lately.</summary>
/// <param name="Name">Machine, process and start.</param>
/// <param name="Version">Its version.</param>
/// <param name="Schema">The newest schema that it knows.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="SeenAt">When it last gave a sign of life.</param>
/// <param name="IsAlive">Whether that is not long ago.</param>
public sealed record NodeStatus(string Name, string Version, long Schema, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsAlive);

/// <summary>How one source stands.</summary>
/// <param name="Connector">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="State">Its state.</param>
/// <param name="LastRunAt">When its last run ended, or began when it is under way; null when there was none.</param>
/// <param name="NextRunAt">When it is read next; null when nothing is planned.</param>
/// <param name="StaleScopes">So many listings could not be read lately.</param>
/// <param name="Limits">What this process saw of Sentry's limits; null when it asked nothing lately.</param>
public sealed record SourceStatus(ConnectorId Connector, string Name, ConnectorState State, DateTimeOffset? LastRunAt, DateTimeOffset? NextRunAt, int StaleScopes, SeenLimits? Limits);

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

    /// <summary>What waits.</summary>
    public required IReadOnlyList<QueueStatus> Queues { get; init; }

    /// <summary>The processes on this database, oldest first.</summary>
    public required IReadOnlyList<NodeStatus> Nodes { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<SourceStatus> Sources { get; init; }
}
