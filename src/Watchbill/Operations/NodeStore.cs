using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.Operations;

/// <summary>The SQL of the processes on this database, and of how it stands as a whole.</summary>
internal static class NodeStore
{
    private const string Waiting =
        """
        SELECT 'Syncs', count(*), min(requested_at) FROM sync_request WHERE owner IS NULL
        UNION ALL SELECT 'RunningSyncs', count(*), min(started_at) FROM sync_run WHERE state = 'Running'
        UNION ALL SELECT 'Changes', count(*), min(requested_at) FROM provisioning_task WHERE state IN ('Waiting', 'Running')
        UNION ALL SELECT 'EscalatedChanges', count(*), min(requested_at) FROM provisioning_task WHERE state = 'Escalated'
        UNION ALL SELECT 'OverdueGrants', count(*), min(ends_at) FROM temporary_grant WHERE state = 'Active' AND ends_at < @now
        UNION ALL SELECT 'Mails', count(*), min(created_at) FROM mail WHERE state = 'Waiting'
        UNION ALL SELECT 'UnsealedEvents', count(*), min(at) FROM audit_event WHERE id > (SELECT coalesce(max(audit_id), 0) FROM evidence_log_entry)
        """;

    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<NodeRow>().HasTableName("node").HasKey(row => row.Name));

    /// <summary>Notes a sign of life.</summary>
    public static async Task BeatAsync(Transaction transaction, NodeRow node, CancellationToken cancellationToken)
    {
        if (await transaction.Connection.GetTable<NodeRow>().Where(row => row.Name == node.Name).Set(row => row.SeenAt, node.SeenAt).UpdateAsync(cancellationToken) == 0)
        {
            await transaction.Connection.InsertAsync(node, token: cancellationToken);
        }
    }

    public static Task ForgetAsync(Transaction transaction, DateTimeOffset before, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<NodeRow>().DeleteAsync(row => row.SeenAt < before, cancellationToken);

    public static Task RemoveAsync(Transaction transaction, string name, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<NodeRow>().DeleteAsync(row => row.Name == name, cancellationToken);

    public static async Task<IReadOnlyList<NodeRow>> ListAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<NodeRow>().OrderBy(row => row.StartedAt).ThenBy(row => row.Name).ToListAsync(cancellationToken);

    /// <summary>What waits: how much, and since when.</summary>
    public static Task<List<(WorkQueue Queue, long Count, DateTimeOffset? Since)>> WaitingAsync(DatabaseSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.ReadAsync(
            Waiting, [("now", Conventions.ToMicroseconds(now))],
            static row => (Enum.Parse<WorkQueue>(row.GetString(0)), row.GetInt64(1), row.IsDBNull(2) ? (DateTimeOffset?)null : Conventions.FromMicroseconds(row.GetInt64(2))), cancellationToken);

    /// <summary>How large the database is, in bytes.</summary>
    public static async Task<long> SizeAsync(DatabaseSession session, bool isSqlite, CancellationToken cancellationToken) =>
        (await session.ReadAsync(
            isSqlite ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()" : "SELECT pg_database_size(current_database())", [],
            static row => row.GetInt64(0), cancellationToken))[0];
}

/// <summary>A row of the nodes' table.</summary>
internal sealed record NodeRow
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public long Schema { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset SeenAt { get; init; }
}
