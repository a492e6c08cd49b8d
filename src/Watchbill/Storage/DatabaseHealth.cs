using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Watchbill.Storage;

/// <summary>Whether the database can be used now, by this version.</summary>
public sealed class DatabaseHealth
{
    private readonly DatabaseAddress _address;

    internal DatabaseHealth(DatabaseAddress address) => _address = address;

    /// <summary>Why it cannot be used, in a sentence without credentials; null when it can.</summary>
    public async Task<string?> ExplainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using DbConnection connection = _address.Engine is DatabaseEngine.Sqlite ? new SqliteConnection(_address.ConnectionString) : new NpgsqlConnection(_address.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            var found = SchemaVersion.Read(connection);

            // While a newer version takes over, the nodes of the older one end one after the other; until then nobody is sent to them.
            return found == Migrator.Latest ? null : new DatabaseTooNewException(found, Migrator.Latest).Message;
        }
        catch (Exception exception) when (DatabaseUnavailableException.Explain(exception, _address) is { } explained)
        {
            return explained.Message;
        }
        catch (DbException exception)
        {
            return $"{_address} answers with an error: {exception.SqlState ?? "unknown"}.";
        }
    }

    /// <summary>Has SQLite look at every page of its file, which takes as long as reading it. PostgreSQL looks after its own pages.</summary>
    /// <returns>What is damaged; null when nothing is.</returns>
    public async Task<string?> DamageAsync(CancellationToken cancellationToken)
    {
        if (_address.Engine is not DatabaseEngine.Sqlite)
        {
            return null;
        }

        await using var connection = new SqliteConnection(_address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(5)";
        return await command.ExecuteScalarAsync(cancellationToken) is "ok" ? null : $"{_address} is damaged.";
    }
}
