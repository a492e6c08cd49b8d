using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>Compares the ledger, every period of every fact, with what each run said that it began and ended when it was applied.</summary>
internal sealed class SealedLedger() : SealedRows<LedgerAuditRecord>(Ledger.Applied)
{
    protected override LedgerAuditRecord? Parse(string after) => JsonSerializer.Deserialize(after, LedgerAuditJson.Default.LedgerAuditRecord);

    protected override string? DigestOf(LedgerAuditRecord record) => record.Digest;

    protected override async Task SealAllAsync(ReadSession session, Func<long, RowSeal> sealOf, CancellationToken cancellationToken)
    {
        foreach (var store in FactStore.All)
        {
            await store.SealAllAsync(session, sealOf, cancellationToken);
        }
    }

    protected override string Changed(long group, LedgerAuditRecord record) =>
        $"What run {group} read of source {record.Connector} is not in the history of access as it was sealed: facts were changed, added or removed.";

    protected override string Unknown(long group) => $"The history of access holds facts of run {group}, of which the audit log does not tell.";
}
