using System.Data;
using LinqToDB.Data;

namespace Watchbill.Storage;

/// <summary>Reads that must fit together although each is a statement of its own.</summary>
internal static class ReadSnapshot
{
    /// <summary>
    /// Runs <paramref name="read"/> on one unchanging state of the database. Takes no write lock: on SQLite the transaction is begun by hand,
    /// because the driver's own begins by locking out writers.
    /// </summary>
    public static async Task<T> InSnapshotAsync<T>(this Database database, Func<ReadSession, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        var connection = session.Connection;
        if (database.Address.Engine is DatabaseEngine.PostgreSql)
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return await read(session);
        }

        await connection.ExecuteAsync("BEGIN DEFERRED", cancellationToken);
        try
        {
            return await read(session);
        }
        finally
        {
            // Not cancellable: a pooled connection must not keep an open transaction.
            await connection.ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
    }
}
