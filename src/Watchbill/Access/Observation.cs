namespace Watchbill.Access;

/// <summary>
/// What one complete read of a scope said. Make one only when the listing was read to its proven end: whatever it does not contain
/// is taken to have ceased.
/// </summary>
/// <param name="Scope">The scope that was read, see <see cref="Access.Scope"/>; every fact carries the same.</param>
/// <param name="ReadAt">When the read began. Facts that appear or disappear do so at this instant.</param>
/// <param name="Facts">Everything it said, of several kinds where the listing tells several. The ledger sets their connector, run and period.</param>
/// <param name="Activity">When principals were last active, where the listing tells it. It is kept without history.</param>
public sealed record Observation(string Scope, DateTimeOffset ReadAt, IReadOnlyList<Fact> Facts, IReadOnlyList<PrincipalActivity> Activity)
{
    /// <summary>Only the rows that Sentry's audit log names were read; the others are those of the ledger, of which the log names no change.</summary>
    public bool IsPatched { get; init; }
}
