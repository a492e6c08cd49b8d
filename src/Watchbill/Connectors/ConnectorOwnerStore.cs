using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Which accounts look after which connector.</summary>
internal sealed class ConnectorOwnerStore(Database database)
{
    public static EntityMapping Mapping { get; } = new(static builder =>
        builder.Entity<ConnectorOwnerRow>().HasPrimaryKey(row => new { row.ConnectorId, row.AccountId }));

    public async Task<IReadOnlyList<AccountId>> ListAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        [.. (await transaction.Connection.GetTable<ConnectorOwnerRow>().Where(row => row.ConnectorId == connector).Select(row => row.AccountId)
            .ToListAsync(cancellationToken)).Select(static id => new AccountId(id))];

    /// <summary>The owners of all connectors.</summary>
    public async Task<ILookup<ConnectorId, AccountId>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var rows = await connection.GetTable<ConnectorOwnerRow>().ToListAsync(cancellationToken);
        return rows.ToLookup(static row => row.ConnectorId, static row => new AccountId(row.AccountId));
    }

    public async Task ReplaceAsync(Transaction transaction, ConnectorId connector, IReadOnlyList<AccountId> owners, CancellationToken cancellationToken)
    {
        await DeleteAllAsync(transaction, connector, cancellationToken);
        await transaction.InsertAllAsync(
            owners.Select(owner => new ConnectorOwnerRow { ConnectorId = connector, AccountId = owner.Value }), cancellationToken);
    }

    public Task DeleteAllAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<ConnectorOwnerRow>().DeleteAsync(row => row.ConnectorId == connector, cancellationToken);
}

/// <summary>A row of the owners' table.</summary>
internal sealed class ConnectorOwnerRow
{
    public ConnectorId ConnectorId { get; init; }

    /// <summary>The account's number; accounts themselves are another feature's rows.</summary>
    public long AccountId { get; init; }
}
