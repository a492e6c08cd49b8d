using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Syncs that were asked for and not done yet: one row for a connector at most. Whoever claims a row does it; the row outlives a killed process.</summary>
internal sealed class SyncRequestStore(Database database)
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<SyncRequestRow>().HasKey(row => row.ConnectorId));

    public Task<SyncRequestRow?> FindAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SyncRequestRow>().FirstOrDefaultAsync(row => row.ConnectorId == connector, cancellationToken);

    public async Task<SyncRequestRow?> FindAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRequestRow>().FirstOrDefaultAsync(row => row.ConnectorId == connector, cancellationToken);
    }

    public Task InsertAsync(Transaction transaction, SyncRequestRow row, CancellationToken cancellationToken) =>
        transaction.Connection.InsertAsync(row, token: cancellationToken);

    /// <summary>All of them, those of others included, longest due first.</summary>
    public async Task<IReadOnlyList<SyncRequestRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRequestRow>().OrderBy(row => row.DueAt).ToListAsync(cancellationToken);
    }

    /// <summary>Some that are due and free for everybody, longest due first.</summary>
    public async Task<IReadOnlyList<SyncRequestRow>> FreeAsync(DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRequestRow>().Where(row => row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now)).OrderBy(row => row.DueAt).Take(most)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Those that somebody works on: no more than all processes do side by side.</summary>
    public async Task<IReadOnlyList<SyncRequestRow>> HeldAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRequestRow>().Where(row => row.Owner != null).OrderBy(row => row.DueAt).ToListAsync(cancellationToken);
    }

    /// <summary>Claims a row that nobody holds, or whose holder is gone.</summary>
    /// <returns>Whether it is ours now; false when somebody else was quicker.</returns>
    public async Task<bool> TryClaimAsync(SyncRequestRow seen, string owner, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRequestRow>()
            .Where(row => row.ConnectorId == seen.ConnectorId && row.DueAt == seen.DueAt)
            .Where(row => seen.Owner == null ? row.Owner == null : row.Owner == seen.Owner && row.LeaseUntil == seen.LeaseUntil)
            .Set(row => row.Owner, owner)
            .Set(row => row.LeaseUntil, until)
            .UpdateAsync(cancellationToken) == 1;
    }

    public async Task<bool> TryRenewAsync(ConnectorId connector, string owner, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await connection.GetTable<SyncRequestRow>().Where(row => row.ConnectorId == connector && row.Owner == owner)
            .Set(row => row.LeaseUntil, until).UpdateAsync(cancellationToken) == 1;
    }

    /// <summary>Gives a row back: somebody does it later.</summary>
    public async Task ReleaseAsync(ConnectorId connector, string owner, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        await connection.GetTable<SyncRequestRow>().Where(row => row.ConnectorId == connector && row.Owner == owner)
            .Set(row => row.Owner, (string?)null)
            .Set(row => row.LeaseUntil, (DateTimeOffset?)null)
            .Set(row => row.DueAt, dueAt)
            .UpdateAsync(cancellationToken);
    }

    public async Task DoneAsync(ConnectorId connector, string owner, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        await connection.GetTable<SyncRequestRow>().DeleteAsync(row => row.ConnectorId == connector && row.Owner == owner, cancellationToken);
    }

    public Task DeleteAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<SyncRequestRow>().DeleteAsync(row => row.ConnectorId == connector, cancellationToken);
}

/// <summary>A row of the table of requested syncs.</summary>
internal sealed record SyncRequestRow
{
    public ConnectorId ConnectorId { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    /// <summary>How much to read; null for what is due then.</summary>
    public string? Mode { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    /// <summary>The process that does it; null while nobody does.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public SyncMode? AskedMode() => Mode is null ? null : Enum.Parse<SyncMode>(Mode);

    public Actor Actor() => new(Enum.Parse<ActorKind>(ActorKind), ActorId, ActorFrom);
}
