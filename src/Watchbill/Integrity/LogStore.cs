using System.Buffers.Binary;
using System.Text;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Audit;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>The SQL of the log. Entries, hashes and checkpoints are only added; the tables refuse everything else.</summary>
internal static class LogStore
{
    /// <summary>A transaction may take so many ids and become durable later than one with higher ids.</summary>
    private const long MostReordered = 10_000;

    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.Entity<LogEntryRow>().HasTableName("evidence_log_entry").HasKey(row => row.Idx);
        builder.Entity<LogHashRow>().HasTableName("evidence_log_hash").HasPrimaryKey(row => new { row.Level, row.Idx });
        builder.Entity<CheckpointRow>().HasTableName("evidence_log_checkpoint").HasKey(row => row.Size);
    });

    /// <summary>How many entries there are.</summary>
    public static Task<long> SizeAsync(DatabaseSession session, CancellationToken cancellationToken) => session.Connection.GetTable<LogEntryRow>().LongCountAsync(cancellationToken);

    /// <summary>Events that are not in the log, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEvent>> UnsealedAsync(DatabaseSession session, int limit, CancellationToken cancellationToken)
    {
        var entries = session.Connection.GetTable<LogEntryRow>();
        var after = (await entries.MaxAsync(static row => (long?)row.AuditId, cancellationToken) ?? 0) - MostReordered;
        var rows = await session.Connection.GetTable<AuditEventRow>().Where(row => row.Id > after && !entries.Any(entry => entry.AuditId == row.Id))
            .OrderBy(row => row.Id).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(static row => row.ToEvent())];
    }

    /// <summary>How many events are not in the log, whatever their position.</summary>
    public static Task<long> CountUnsealedAsync(DatabaseSession session, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var entries = session.Connection.GetTable<LogEntryRow>();
        return session.Connection.GetTable<AuditEventRow>().Where(row => row.At < before && !entries.Any(entry => entry.AuditId == row.Id)).LongCountAsync(cancellationToken);
    }

    public static Task<List<LogEntryRow>> EntriesAsync(DatabaseSession session, long from, int limit, CancellationToken cancellationToken) =>
        session.Connection.GetTable<LogEntryRow>().Where(row => row.Idx >= from).OrderBy(row => row.Idx).Take(limit).ToListAsync(cancellationToken);

    /// <summary>The entry of an event; null when it is not in the log.</summary>
    public static Task<LogEntryRow?> OfEventAsync(DatabaseSession session, long auditId, CancellationToken cancellationToken) =>
        session.Connection.GetTable<LogEntryRow>().FirstOrDefaultAsync(row => row.AuditId == auditId, cancellationToken);

    /// <summary>Events by their positions.</summary>
    public static async Task<Dictionary<long, AuditEvent>> EventsAsync(DatabaseSession session, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var (first, last) = (ids.Min(), ids.Max());
        return (await session.Connection.GetTable<AuditEventRow>().Where(row => row.Id >= first && row.Id <= last).ToListAsync(cancellationToken)).ToDictionary(static row => row.Id, static row => row.ToEvent());
    }

    /// <summary>Hashes of one level, from an index on.</summary>
    public static async Task<Dictionary<long, string>> HashesAsync(DatabaseSession session, int level, long from, long to, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<LogHashRow>().Where(row => row.Level == level && row.Idx >= from && row.Idx < to).ToListAsync(cancellationToken)).ToDictionary(static row => row.Idx, static row => row.Hash);

    /// <summary>Hashes of complete subtrees.</summary>
    public static async Task<Dictionary<TreeNode, byte[]>> HashesAsync(DatabaseSession session, IReadOnlyCollection<TreeNode> nodes, CancellationToken cancellationToken)
    {
        Dictionary<TreeNode, byte[]> hashes = [];
        foreach (var level in nodes.GroupBy(static node => node.Level))
        {
            var indexes = level.Select(static node => node.Index).ToList();
            var key = (long)level.Key;
            foreach (var row in await session.Connection.GetTable<LogHashRow>().Where(row => row.Level == key && indexes.Contains(row.Idx)).ToListAsync(cancellationToken))
            {
                hashes[new TreeNode(level.Key, row.Idx)] = Convert.FromHexString(row.Hash);
            }
        }

        return hashes;
    }

    /// <summary>A tile of hashes: those of one level from an index on, each 32 bytes; null when there are not so many.</summary>
    public static async Task<byte[]?> TileAsync(DatabaseSession session, int level, long from, int width, CancellationToken cancellationToken)
    {
        var hashes = await HashesAsync(session, level, from, from + width, cancellationToken);
        return hashes.Count == width ? [.. Enumerable.Range(0, width).SelectMany(offset => Convert.FromHexString(hashes[from + offset]))] : null;
    }

    /// <summary>A bundle of entries from an index on, each behind its length in two bytes; null when there are not so many.</summary>
    public static async Task<byte[]?> BundleAsync(DatabaseSession session, long from, int width, CancellationToken cancellationToken)
    {
        var rows = await EntriesAsync(session, from, width, cancellationToken);
        return rows.Count == width ? [.. rows.SelectMany(static row => Bundled(row.Entry))] : null;
    }

    public static async Task AppendAsync(Transaction transaction, IReadOnlyCollection<LogEntryRow> entries, IReadOnlyCollection<LogHashRow> hashes, CancellationToken cancellationToken)
    {
        await transaction.InsertAllAsync(entries, cancellationToken);
        await transaction.InsertAllAsync(hashes, cancellationToken);
    }

    public static Task InsertAsync(Transaction transaction, CheckpointRow checkpoint, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(checkpoint, token: cancellationToken);

    public static Task<CheckpointRow?> LatestAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CheckpointRow>().OrderByDescending(static row => row.Size).FirstOrDefaultAsync(cancellationToken);

    public static Task<List<CheckpointRow>> CheckpointsAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CheckpointRow>().OrderBy(static row => row.Size).ToListAsync(cancellationToken);

    private static byte[] Bundled(string entry)
    {
        var bytes = Encoding.UTF8.GetBytes(entry);
        var bundled = new byte[2 + bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bundled, checked((ushort)bytes.Length));
        bytes.CopyTo(bundled, 2);
        return bundled;
    }
}

/// <summary>An entry of the log as it lies in the database.</summary>
internal sealed record LogEntryRow
{
    public long Idx { get; init; }

    public long AuditId { get; init; }

    /// <summary>The leaf's bytes, as UTF-8.</summary>
    public required string Entry { get; init; }
}

/// <summary>The hash of a complete subtree, in hex.</summary>
internal sealed record LogHashRow
{
    /// <summary>As wide as the column: a bulk copy sends it as it is.</summary>
    public long Level { get; init; }

    public long Idx { get; init; }

    public required string Hash { get; init; }
}

/// <summary>A checkpoint that was signed.</summary>
internal sealed record CheckpointRow
{
    public long Size { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>It with its signatures.</summary>
    public required string Note { get; init; }
}
