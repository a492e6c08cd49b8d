using Watchbill.Kernel;

namespace Watchbill.Evidence;

/// <summary>One thing that was collected, as it was for a time.</summary>
public sealed record EvidenceRecord
{
    /// <summary>What it is.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <inheritdoc cref="EvidenceItem.Key"/>
    public required string Key { get; init; }

    /// <inheritdoc cref="EvidenceItem.Parent"/>
    public string? Parent { get; init; }

    /// <inheritdoc cref="EvidenceItem.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="EvidenceItem.State"/>
    public string? State { get; init; }

    /// <inheritdoc cref="EvidenceItem.At"/>
    public DateTimeOffset? At { get; init; }

    /// <inheritdoc cref="EvidenceItem.LastAt"/>
    public DateTimeOffset? LastAt { get; init; }

    /// <inheritdoc cref="EvidenceItem.Document"/>
    public required string Document { get; init; }

    /// <inheritdoc cref="EvidenceItem.Counters"/>
    public string? Counters { get; init; }

    /// <summary>The collection that began at this instant saw it so first.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The collection that began at this instant saw it so no more; null while it holds.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Which records to list.</summary>
/// <param name="Connector">Of which connector.</param>
/// <param name="Kind">Which kind.</param>
public sealed record EvidenceQuestion(ConnectorId Connector, EvidenceKind Kind)
{
    /// <summary>The most records on one page.</summary>
    public const int MostRows = 1000;

    /// <summary>As of when; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Only those of this issue, release or project; null for all.</summary>
    public string? Parent { get; init; }

    /// <summary>Only those in this state; null for all.</summary>
    public string? State { get; init; }

    /// <summary>Only those whose name holds this, or whose key it is.</summary>
    public string? Search { get; init; }

    /// <summary>So many are passed over; not with <see cref="ByKey"/>.</summary>
    public int Skip { get; init; }

    /// <summary>In the order of their keys, not newest first: for whoever reads many pages.</summary>
    public bool ByKey { get; init; }

    /// <summary>The last key of the page before; null for the first page. Only with <see cref="ByKey"/>, and then nothing is counted.</summary>
    public string? After { get; init; }

    /// <summary>So many at most.</summary>
    public int Take { get; init; } = 100;
}

/// <summary>A page of records with what is known about the whole.</summary>
/// <param name="Count">How many there are on all pages; null when they were not counted again.</param>
/// <param name="Rows">Those on this one.</param>
/// <param name="Source">The complete collection that the answer rests on; null when there is none, and then there are no rows.</param>
/// <param name="States">How often each state occurs now; empty for what has no states and for other instants.</param>
public sealed record EvidenceList(long? Count, IReadOnlyList<EvidenceRecord> Rows, Collection? Source, IReadOnlyList<EvidenceStateCount> States);

/// <summary>How often a state occurs.</summary>
/// <param name="State">Sentry's word.</param>
/// <param name="Count">So often.</param>
public sealed record EvidenceStateCount(string State, long Count);

/// <summary>How a kind of evidence stands for one connector.</summary>
/// <param name="Definition">Which kind.</param>
/// <param name="Complete">The last complete collection; null when there was none.</param>
/// <param name="Latest">The last collection of all, a running one included; null when there was none.</param>
/// <param name="IsRequested">Whether somebody asked for it and it has not begun.</param>
public sealed record EvidenceStanding(EvidenceDefinition Definition, Collection? Complete, Collection? Latest, bool IsRequested)
{
    /// <summary>Why what is kept is older than it should be; null when the last collection was complete, or when there was none.</summary>
    public string? Problem => Latest?.Problem;

    /// <summary>A process reads it, or will within seconds where a server runs.</summary>
    public bool IsMoving => IsRequested || Latest?.State is CollectionState.Running;
}
