using LinqToDB;
using LinqToDB.Async;
using Watchbill.Audit;
using Watchbill.Integrity;
using Watchbill.Storage;

namespace Watchbill.Operations.AuditExport;

/// <summary>The SQL of handing audit events on.</summary>
internal static class ForwardStore
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<ForwardRow>().HasTableName("audit_forward").HasKey(row => row.Outlet));

    public static async Task<List<SealedEvent>> EventsAsync(DatabaseSession session, long from, int limit, CancellationToken cancellationToken)
    {
        var rows = await (
            from entry in session.Connection.GetTable<LogEntryRow>()
            join audit in session.Connection.GetTable<AuditEventRow>() on entry.AuditId equals audit.Id
            where entry.Idx >= @from
            orderby entry.Idx
            select new { entry.Idx, audit }).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(static row => new SealedEvent(row.Idx, row.audit.ToEvent()))];
    }

    /// <summary>Takes an outlet for this process; null when another one has it. A new outlet begins at the end of the log: what was before is had by the export.</summary>
    public static async Task<ForwardRow?> ClaimAsync(Transaction transaction, ForwardRow wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var table = transaction.Connection.GetTable<ForwardRow>();
        if (await table.FirstOrDefaultAsync(row => row.Outlet == wanted.Outlet, cancellationToken) is not { } there)
        {
            var begun = wanted with { Next = await transaction.Connection.GetTable<LogEntryRow>().LongCountAsync(cancellationToken) };
            await transaction.Connection.InsertAsync(begun, token: cancellationToken);
            return begun;
        }

        return await table.Where(row => row.Outlet == wanted.Outlet && (row.Owner == wanted.Owner || row.LeaseUntil < now))
            .Set(row => row.Owner, wanted.Owner).Set(row => row.LeaseUntil, wanted.LeaseUntil).UpdateAsync(cancellationToken) == 1
            ? there with { Owner = wanted.Owner, LeaseUntil = wanted.LeaseUntil }
            : null;
    }

    /// <summary>Notes that everything before a number was taken, if the outlet is still this process's.</summary>
    public static async Task<bool> TryAdvanceAsync(Transaction transaction, ForwardRow held, long next, CancellationToken cancellationToken) =>
        await transaction.Connection.GetTable<ForwardRow>().Where(row => row.Outlet == held.Outlet && row.Owner == held.Owner && row.Next == held.Next)
            .Set(row => row.Next, next).UpdateAsync(cancellationToken) == 1;
}

/// <summary>A row of what was handed on.</summary>
internal sealed record ForwardRow
{
    public required string Outlet { get; init; }

    public long Next { get; init; }

    public required string Owner { get; init; }

    public DateTimeOffset LeaseUntil { get; init; }
}
