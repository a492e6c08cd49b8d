using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>How a connector stands: what a list of connectors shows.</summary>
public sealed record ConnectorStanding
{
    /// <summary>The connector.</summary>
    public required Connector Connector { get; init; }

    /// <summary>The latest run, with its progress while it runs; null when there was none.</summary>
    public SyncRun? LastRun { get; init; }

    /// <summary>When a sync was asked for that is not done yet; null when none was.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When a server reads it next by itself; null when never.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Scopes that could not be read since their last complete read, or never.</summary>
    public int StaleScopes { get; init; }

    /// <summary>The accounts that look after it.</summary>
    public IReadOnlyList<AccountId> Owners { get; init; } = [];

    /// <summary>
    /// Whether whoever saw the other one would see nothing new here. Lists inside a record are compared by reference and are read anew each time;
    /// what they hold changes only together with the connector's version or its latest run.
    /// </summary>
    internal bool SaysTheSameAs(ConnectorStanding? other) => other is not null && WithoutLists(this) == WithoutLists(other);

    private static ConnectorStanding WithoutLists(ConnectorStanding standing) => standing with { Owners = [], Connector = standing.Connector with { BlindSpots = [] } };
}
