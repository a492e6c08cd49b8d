using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>
/// One thing that complete reads of Sentry said, for as long as they said it: a row of the ledger.
/// A changed attribute closes the row and opens the next; nothing is ever rewritten.
/// </summary>
public abstract class Fact
{
    /// <summary>The connector whose organization the fact belongs to.</summary>
    public ConnectorId ConnectorId { get; set; }

    /// <summary>The listing whose complete read may close this fact, see <see cref="Access.Scope"/>.</summary>
    public required string Scope { get; set; }

    /// <summary>What the fact is about, unique within its kind and connector. Made of Sentry's numeric ids, never of slugs.</summary>
    public required string Key { get; set; }

    /// <summary>A hash over every attribute; two facts with the same key and fingerprint are the same fact.</summary>
    public long Fingerprint { get; set; }

    /// <summary>When the fact began to hold: the start of the read that first saw it.</summary>
    public DateTimeOffset ValidFrom { get; set; }

    /// <summary>When it ceased to hold: the start of the read that no longer saw it; the stored open end while it holds.</summary>
    public DateTimeOffset ValidTo { get; set; }

    /// <summary>The run that first saw it.</summary>
    public SyncRunId FirstRun { get; set; }

    /// <summary>
    /// The last run that saw it; null while it is open, because then it is the last run that read the scope completely
    /// and an unchanged scope must cost no writes.
    /// </summary>
    public SyncRunId? LastRun { get; set; }

    /// <summary>Adds every attribute to the fingerprint, in a fixed order. The keys and the times do not belong to it.</summary>
    protected abstract void AddAttributes(FingerprintBuilder builder);

    /// <summary>When it held.</summary>
    public Interval Period() => new(ValidFrom, ValidTo == Conventions.OpenEnd ? null : ValidTo);

    /// <summary>Computes <see cref="Fingerprint"/> with an empty builder; call it when all attributes are set.</summary>
    public void Seal(FingerprintBuilder builder)
    {
        AddAttributes(builder);
        Fingerprint = builder.ToFingerprint();
    }
}
