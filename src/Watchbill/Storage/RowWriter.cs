using System.Data.Common;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;

namespace Watchbill.Storage;

/// <summary>Inserts many rows of one kind.</summary>
internal static class RowWriter
{
    /// <summary>
    /// Inserts rows: PostgreSQL takes them as a stream, SQLite one after the other by a statement that is prepared once. The library's way on SQLite makes a text and new
    /// parameters for every few rows, and a first sync would leave a hundred megabytes of them behind.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="rows">The rows; an id that the database gives is not written.</param>
    /// <param name="cancellationToken">Stops it; the transaction must not be committed then.</param>
    /// <param name="table">The table; null for the one that rows of this kind lie in.</param>
    public static async Task InsertAllAsync<T>(this Transaction transaction, IEnumerable<T> rows, CancellationToken cancellationToken, string? table = null)
        where T : class
    {
        if (transaction.Address.Engine is DatabaseEngine.PostgreSql)
        {
            await transaction.Connection.BulkCopyAsync(transaction.Connection.Options.BulkCopyOptions with { TableName = table }, rows, cancellationToken);
            return;
        }

        var entity = transaction.Connection.MappingSchema.GetEntityDescriptor(typeof(T));
        List<ColumnDescriptor> columns = [.. entity.Columns.Where(static column => !column.IsIdentity)];
        var (connection, _) = await transaction.PlainAsync(cancellationToken);
        try
        {
            using var insert = new SqliteInsert((SqliteConnection)connection, table ?? entity.Name.Name, [.. columns.Select(static column => column.ColumnName)]);
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var index = 0; index < columns.Count; index++)
                {
                    insert.Set(index, StoredOf(columns[index].GetProviderValue(row)));
                }

                insert.Execute();
            }
        }
        catch (DbException exception) when (DatabaseUnavailableException.Explain(exception, transaction.Address) is { } explained)
        {
            throw explained;
        }
    }

    private static object? StoredOf(object? value) => value is DataParameter parameter ? parameter.Value : value;
}
