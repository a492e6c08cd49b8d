using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>Compares every period of every collected record with what each collection said that it began and ended.</summary>
internal sealed class SealedEvidence() : SealedRows<CollectedAuditRecord>(EvidenceBook.Collected)
{
    protected override CollectedAuditRecord? Parse(string after) => JsonSerializer.Deserialize(after, EvidenceAuditJson.Default.CollectedAuditRecord);

    protected override string? DigestOf(CollectedAuditRecord record) => record.Digest;

    protected override Task SealAllAsync(ReadSession session, Func<long, RowSeal> sealOf, CancellationToken cancellationToken) => CollectedStore.SealAllAsync(session, sealOf, cancellationToken);

    protected override string Changed(long group, CollectedAuditRecord record) =>
        $"What collection {group} read of {record.Kind} of source {record.Connector} is not kept as it was sealed: records were changed, added or removed.";

    protected override string Unknown(long group) => $"There are records of collection {group}, of which the audit log does not tell.";
}
