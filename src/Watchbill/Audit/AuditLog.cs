using Watchbill.Storage;

namespace Watchbill.Audit;

/// <summary>
/// The record of what was done in Watchbill and by whom. Append-only: the database itself refuses to change or remove an event.
/// </summary>
public sealed class AuditLog(Database database, TimeProvider clock)
{
    /// <summary>
    /// Writes an event in the transaction of what it tells about: both become durable or neither does.
    /// </summary>
    /// <returns>The event with its position and time.</returns>
    public async Task<AuditEvent> AppendAsync(Transaction transaction, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(auditEvent);
        var dated = auditEvent with { Id = 0, At = clock.GetUtcNow() };
        var id = await AuditStore.InsertAsync(transaction, dated, cancellationToken);
        return dated with { Id = id };
    }

    /// <summary>Lists events, newest first. An empty or short page is the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is outside its range.</exception>
    public async Task<IReadOnlyList<AuditEvent>> ListAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, AuditQuery.MaxLimit);
        await using var session = database.OpenRead();
        return await AuditStore.ListAsync(session, query, cancellationToken);
    }
}
