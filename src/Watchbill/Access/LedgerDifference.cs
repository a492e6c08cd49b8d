using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>What applying a run would do, counted. Only scopes that the run read completely are counted.</summary>
/// <param name="Lines">One line for each kind and family that has open facts or would get some.</param>
public sealed record LedgerDifference(IReadOnlyList<DifferenceLine> Lines)
{
    /// <summary>Whether applying would leave every fact as it is.</summary>
    public bool IsEmpty => Lines.All(static line => line is { Closing: 0, Changing: 0, Opening: 0 });
}

/// <summary>The difference within one kind of fact and one family of scopes.</summary>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Family">The family of scopes: all teams' memberships are one.</param>
/// <param name="Open">Facts that are open now in the scopes that were read, the unchanged ones included.</param>
/// <param name="Closing">Of these, how many are gone.</param>
/// <param name="Changing">Of these, how many have other attributes: each closes and opens anew.</param>
/// <param name="Opening">Facts with a key that is not open now.</param>
public sealed record DifferenceLine(FactKind Kind, string Family, long Open, long Closing, long Changing, long Opening);

/// <summary>What happens to a fact.</summary>
public enum FactChange
{
    /// <summary>It is gone.</summary>
    Closing,

    /// <summary>It is new.</summary>
    Opening,
}

/// <summary>Which facts of a difference to list.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Run">The run that staged them.</param>
/// <param name="Change">Those that would close, or those that would open.</param>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Limit">The most facts to return, at least 1.</param>
public sealed record DifferenceQuery(ConnectorId Connector, SyncRunId Run, FactChange Change, FactKind Kind, int Limit);

/// <summary>The answer to applying a run.</summary>
/// <param name="Changes">How many facts of each kind closed and opened; kinds without any are left out. A changed fact counts in both.</param>
/// <param name="ScopesApplied">How many scopes had staged facts.</param>
/// <param name="ScopesUnchanged">How many scopes said what the ledger already held.</param>
/// <param name="Outdated">
/// Scopes that were left out, because another run applied a different or later read of them in the meantime. Their staged facts are dropped.
/// </param>
public sealed record ApplyOutcome(IReadOnlyList<AppliedChange> Changes, int ScopesApplied, int ScopesUnchanged, IReadOnlyList<string> Outdated)
{
    /// <summary>How many changes no line of Sentry's audit log explains; null when the log was not asked: not kept, or nothing but first reads.</summary>
    public int? Unlogged { get; init; }

    /// <summary>SHA-256 over every fact that began and ended, in hex; null when nothing was staged.</summary>
    public string? Digest { get; init; }
}

/// <summary>How many facts of a kind closed and opened.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Closed">Facts that ended, those included that only changed.</param>
/// <param name="Opened">Facts that began, those included that only changed.</param>
public sealed record AppliedChange(FactKind Kind, long Closed, long Opened);
