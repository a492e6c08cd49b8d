using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>A scope that a run read completely and that is not applied yet.</summary>
public sealed record StagedScope
{
    /// <summary>The run that read it.</summary>
    public required SyncRunId SyncRun { get; init; }

    /// <summary>The connector.</summary>
    public required ConnectorId ConnectorId { get; init; }

    /// <summary>The scope.</summary>
    public required string Scope { get; init; }

    /// <summary>The scope's family, see <see cref="Access.Scope.FamilyOf"/>.</summary>
    public required string Family { get; init; }

    /// <summary>When the read began.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>The digest of what it said.</summary>
    public required long Digest { get; init; }

    /// <summary>How many facts it said.</summary>
    public required long RowCount { get; init; }

    /// <summary>It said what the ledger already holds, so no facts are staged.</summary>
    public required bool IsUnchanged { get; init; }

    /// <inheritdoc cref="Observation.IsPatched"/>
    public bool IsPatched { get; init; }
}

/// <summary>What staging an observation came to.</summary>
public enum StageStatus
{
    /// <summary>The facts differ from the scope's last complete read and wait to be applied.</summary>
    Staged,

    /// <summary>The facts are those of the scope's last complete read; only the checkpoint waits to be applied.</summary>
    Unchanged,

    /// <summary>Refused: the ledger already holds a read that began at the same time or later. Nothing was staged.</summary>
    ClockWentBack,
}

/// <summary>The answer to one staged observation.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Status">What it came to.</param>
/// <param name="Rows">How many different facts the observation held.</param>
/// <param name="Warnings">Sentences for the run's log, for example about rows that arrived twice and differed.</param>
/// <param name="Refusal">Why nothing was staged; null unless <paramref name="Status"/> is <see cref="StageStatus.ClockWentBack"/>.</param>
public sealed record StageOutcome(string Scope, StageStatus Status, int Rows, IReadOnlyList<string> Warnings, Refusal? Refusal = null);
