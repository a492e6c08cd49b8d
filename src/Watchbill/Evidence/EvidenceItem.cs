using Watchbill.Kernel;

namespace Watchbill.Evidence;

/// <summary>One thing that a source told, reduced to what is kept.</summary>
public sealed record EvidenceItem
{
    /// <summary>Sentry's id of it, unique within its kind.</summary>
    public required string Key { get; init; }

    /// <summary>The key of the issue, release or project it belongs to; null for what belongs to the organization.</summary>
    public string? Parent { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands, in Sentry's word; null for what has no states.</summary>
    public string? State { get; init; }

    /// <summary>When it came to be; null when Sentry does not tell.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When it showed life last; only the last value is kept. Null for what does not.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>What is kept with its history, as JSON.</summary>
    public required string Document { get; init; }

    /// <summary>Of which only the last value is kept, as JSON; null when there is nothing of the kind.</summary>
    public string? Counters { get; init; }

    /// <summary>Tells whether two readings of it differ in what is kept with history.</summary>
    public long Fingerprint() => new FingerprintBuilder().Add(Name).Add(State).Add(Document).ToFingerprint();
}
