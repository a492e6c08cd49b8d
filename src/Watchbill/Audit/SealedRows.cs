using System.Globalization;
using Watchbill.Storage;

namespace Watchbill.Audit;

/// <summary>Rows that were written in groups, by runs or by collections, each of which said in an audit event what it began and ended: all groups are computed anew and compared.</summary>
/// <typeparam name="TRecord">What such an event says.</typeparam>
internal abstract class SealedRows<TRecord>(string action) : ISealedRecord
    where TRecord : class
{
    private readonly Dictionary<long, TRecord> _groups = [];

    /// <inheritdoc/>
    public void See(AuditEvent auditEvent)
    {
        if (auditEvent.Action == action && auditEvent.After is { } after && Parse(after) is { } record && DigestOf(record) is not null)
        {
            _groups[long.Parse(auditEvent.SubjectId, CultureInfo.InvariantCulture)] = record;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CompareAsync(ReadSession session, CancellationToken cancellationToken)
    {
        if (_groups.Count == 0)
        {
            return [];
        }

        Dictionary<long, RowSeal> seals = [];
        await SealAllAsync(session, group => seals.TryGetValue(group, out var seal) ? seal : seals[group] = new RowSeal(), cancellationToken);

        // What began before seals were made belongs to no sealed group; it ends in one.
        var first = _groups.Keys.Min();
        return
        [
            .. _groups.OrderBy(static group => group.Key).Where(group => (seals.GetValueOrDefault(group.Key) ?? new RowSeal()).Digest() != DigestOf(group.Value)).Select(group => Changed(group.Key, group.Value)),
            .. seals.Keys.Where(group => group > first && !_groups.ContainsKey(group)).Order().Select(Unknown),
        ];
    }

    protected abstract TRecord? Parse(string after);

    /// <summary>The digest that an event holds; null in events of before there were seals.</summary>
    protected abstract string? DigestOf(TRecord record);

    /// <summary>Gives every row to the seals of the groups that began and ended it.</summary>
    protected abstract Task SealAllAsync(ReadSession session, Func<long, RowSeal> sealOf, CancellationToken cancellationToken);

    /// <summary>What is said of a group whose rows are not as they were.</summary>
    protected abstract string Changed(long group, TRecord record);

    /// <summary>What is said of rows of a group that no event tells of.</summary>
    protected abstract string Unknown(long group);
}
