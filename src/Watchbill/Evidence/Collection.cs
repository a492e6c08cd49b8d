using Watchbill.Kernel;

namespace Watchbill.Evidence;

/// <summary>How a collection stands.</summary>
public enum CollectionState
{
    /// <summary>A process reads it now.</summary>
    Running,

    /// <summary>Everything was read to its proven end, and is kept.</summary>
    Complete,

    /// <summary>Something was not read; nothing of it is kept, and what was kept before stays as it was.</summary>
    Failed,

    /// <summary>The token may not read it, or this server does not offer it.</summary>
    Unavailable,

    /// <summary>Its process ended in the middle; nothing of it is kept.</summary>
    Interrupted,
}

/// <summary>One read of one kind of evidence: when, what was asked, and what came of it.</summary>
public sealed record Collection
{
    /// <summary>Which one.</summary>
    public CollectionId Id { get; init; }

    /// <summary>From which connector.</summary>
    public ConnectorId ConnectorId { get; init; }

    /// <summary>What was read.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The issue it is about; null for everything of the kind.</summary>
    public string? Part { get; init; }

    /// <summary>How it stands.</summary>
    public required CollectionState State { get; init; }

    /// <summary>When it began; what it read is as of then.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was asked of Sentry, in one line that anybody can ask again.</summary>
    public string? Query { get; init; }

    /// <summary>So many requests.</summary>
    public long Requests { get; init; }

    /// <summary>So many rows were read.</summary>
    public long Rows { get; init; }

    /// <summary>So many rows are kept of the kind since then, those of other parts included; 0 unless it was complete.</summary>
    public long Kept { get; init; }

    /// <summary>How often each state occurs among what holds since then, most frequent first; empty unless it was complete.</summary>
    public IReadOnlyList<EvidenceStateCount> States { get; init; } = [];

    /// <summary>So many parts, releases or projects, still wait to be read for the first time or again.</summary>
    public long Remaining { get; init; }

    /// <summary>So many rows Sentry itself says there are; null when it does not count them.</summary>
    public long? Reported { get; init; }

    /// <summary>Rows that were not known.</summary>
    public long Opened { get; init; }

    /// <summary>Rows that read differently than before.</summary>
    public long Changed { get; init; }

    /// <summary>Rows that are not there any more.</summary>
    public long Closed { get; init; }

    /// <summary>What came of it, or why it failed, in one sentence; null when there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Why what is kept is older than it should be; null when it was complete or still runs.</summary>
    public string? Problem => State is CollectionState.Failed or CollectionState.Unavailable or CollectionState.Interrupted ? Note : null;

    /// <summary>Whether it was read to its end and waits for somebody who accepts that much is gone.</summary>
    public bool IsHeld => FailureCode == LossGuard.Code;

    /// <summary>Why it failed, as a code; null when it did not.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Until when its process must give a sign of life.</summary>
    internal DateTimeOffset LeaseUntil { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Actor Actor { get; init; }
}
