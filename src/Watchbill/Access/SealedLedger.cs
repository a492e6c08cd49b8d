using System.Globalization;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>Compares the ledger, every period of every fact, with what each run said that it began and ended when it was applied.</summary>
internal sealed class SealedLedger : ISealedRecord
{
    private readonly Dictionary<long, LedgerAuditRecord> _runs = [];

    /// <inheritdoc/>
    public void See(AuditEvent auditEvent)
    {
        if (auditEvent is { Action: Ledger.Applied, After: { } after } && JsonSerializer.Deserialize(after, LedgerAuditJson.Default.LedgerAuditRecord) is { Digest: not null } record)
        {
            _runs[long.Parse(auditEvent.SubjectId, CultureInfo.InvariantCulture)] = record;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CompareAsync(ReadSession session, CancellationToken cancellationToken)
    {
        if (_runs.Count == 0)
        {
            return [];
        }

        Dictionary<long, RowSeal> seals = [];
        foreach (var store in FactStore.All)
        {
            await store.SealAllAsync(session, SealOf, cancellationToken);
        }

        // What began before seals were made belongs to no sealed run; it ends in one.
        var first = _runs.Keys.Min();
        return
        [
            .. _runs.OrderBy(static run => run.Key).Where(run => (seals.GetValueOrDefault(run.Key) ?? new RowSeal()).Digest() != run.Value.Digest)
                .Select(static run => $"What run {run.Key} read of source {run.Value.Connector} is not in the history of access as it was sealed: facts were changed, added or removed."),
            .. seals.Keys.Where(run => run > first && !_runs.ContainsKey(run)).Order().Select(static run => $"The history of access holds facts of run {run}, of which the audit log does not tell."),
        ];

        RowSeal SealOf(long run) => seals.TryGetValue(run, out var seal) ? seal : seals[run] = new RowSeal();
    }
}
