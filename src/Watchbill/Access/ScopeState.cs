using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>What the ledger knows about a scope: its last complete read, and since when it could not be read.</summary>
public sealed record ScopeState
{
    /// <summary>The connector.</summary>
    public required ConnectorId ConnectorId { get; init; }

    /// <summary>The scope, see <see cref="Access.Scope"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>The run whose complete read is in the ledger; null when there never was one.</summary>
    public SyncRunId? LastCompleteRun { get; init; }

    /// <summary>When that read began; null when there never was one.</summary>
    public DateTimeOffset? LastCompleteAt { get; init; }

    /// <summary>When the first complete read of the scope began: of what was before, nothing is known. Null when there never was one.</summary>
    public DateTimeOffset? FirstCompleteAt { get; init; }

    /// <summary>
    /// When the scope's listing itself was read to its end last. Earlier than <see cref="LastCompleteAt"/> when since then only those rows were read that
    /// Sentry's audit log names. Null when there never was such a read.
    /// </summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Until when Sentry's audit log names no change of the scope after its last read; null when the log was not asked.</summary>
    public DateTimeOffset? VouchedAt { get; init; }

    /// <summary>The digest of what it said; null when there never was one.</summary>
    public long? Digest { get; init; }

    /// <summary>How many facts it said.</summary>
    public long RowCount { get; init; }

    /// <summary>Since when reads of the scope fail; null while it is fresh. Its facts stay as they were.</summary>
    public DateTimeOffset? StaleSince { get; init; }

    /// <summary>Why the latest read failed; null while it is fresh.</summary>
    public string? StaleReason { get; init; }

    /// <summary>Whether an observation says just what the scope's last complete read said.</summary>
    internal bool IsSaidAgainBy(Observation observation) =>
        Digest is { } digest && ObservedScope.Prepare(ConnectorId, default, observation).Mark is var mark && mark.RowCount == RowCount && mark.Digest == digest;
}
