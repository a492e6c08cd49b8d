using LinqToDB;
using LinqToDB.Async;
using Watchbill.Storage;

namespace Watchbill.Integrity.Timestamps;

/// <summary>The SQL of timestamps.</summary>
internal static class TimestampStore
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<TimestampRow>().HasTableName("evidence_log_timestamp").HasKey(row => row.Size));

    public static Task<TimestampRow?> LatestAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<TimestampRow>().OrderByDescending(static row => row.Size).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Those of checkpoints that hold an entry after the first so many, up to a size, smallest first.</summary>
    public static Task<List<TimestampRow>> BetweenAsync(DatabaseSession session, long after, long upTo, CancellationToken cancellationToken) =>
        session.Connection.GetTable<TimestampRow>().Where(row => row.Size > after && row.Size <= upTo).OrderBy(row => row.Size).ToListAsync(cancellationToken);

    /// <summary>The first of a checkpoint that holds an entry; null when there is none yet.</summary>
    public static Task<TimestampRow?> FirstOverAsync(DatabaseSession session, long index, CancellationToken cancellationToken) =>
        session.Connection.GetTable<TimestampRow>().Where(row => row.Size > index).OrderBy(row => row.Size).FirstOrDefaultAsync(cancellationToken);

    public static Task InsertAsync(Transaction transaction, TimestampRow row, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(row, token: cancellationToken);
}

/// <summary>A token as it lies in the database, beside the checkpoint that it is about.</summary>
internal sealed record TimestampRow
{
    /// <summary>The size of the checkpoint.</summary>
    public long Size { get; init; }

    /// <summary>When it came, by our clock.</summary>
    public DateTimeOffset At { get; init; }

    public required string Authority { get; init; }

    /// <summary>The token, as DER in Base64.</summary>
    public required string Token { get; init; }

    /// <summary>The certificates that the authority's came from; null where any was taken.</summary>
    public string? Ca { get; init; }
}
