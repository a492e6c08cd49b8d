using System.Globalization;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>Compares every period of every collected record with what each collection said that it began and ended.</summary>
internal sealed class SealedEvidence : ISealedRecord
{
    private readonly Dictionary<long, CollectedAuditRecord> _collections = [];

    /// <inheritdoc/>
    public void See(AuditEvent auditEvent)
    {
        if (auditEvent is { Action: EvidenceBook.Collected, After: { } after } && JsonSerializer.Deserialize(after, EvidenceAuditJson.Default.CollectedAuditRecord) is { Digest: not null } record)
        {
            _collections[long.Parse(auditEvent.SubjectId, CultureInfo.InvariantCulture)] = record;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CompareAsync(ReadSession session, CancellationToken cancellationToken)
    {
        if (_collections.Count == 0)
        {
            return [];
        }

        Dictionary<long, RowSeal> seals = [];
        await CollectedStore.SealAllAsync(session, id => seals.TryGetValue(id, out var seal) ? seal : seals[id] = new RowSeal(), cancellationToken);

        // What was collected before seals were made belongs to no sealed collection; it ends in one.
        var first = _collections.Keys.Min();
        return
        [
            .. _collections.OrderBy(static one => one.Key).Where(one => (seals.GetValueOrDefault(one.Key) ?? new RowSeal()).Digest() != one.Value.Digest)
                .Select(static one => $"What collection {one.Key} read of {one.Value.Kind} of source {one.Value.Connector} is not kept as it was sealed: records were changed, added or removed."),
            .. seals.Keys.Where(id => id > first && !_collections.ContainsKey(id)).Order().Select(static id => $"There are records of collection {id}, of which the audit log does not tell."),
        ];
    }
}
