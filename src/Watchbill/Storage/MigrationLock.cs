using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Watchbill.Storage;

/// <summary>
/// Lets one process at a time migrate a database; the others wait. The lock is a transaction, so it ends with the process that held it.
/// On SQLite the migrations themselves need the database's own lock, so an empty database beside it serves as the lock. Its file stays:
/// somebody may be waiting for it.
/// </summary>
internal sealed class MigrationLock : IDisposable
{
    private const long PostgresKey = 0x57_41_54_43_48;
    private readonly DbConnection _connection;

    private MigrationLock(DbConnection connection) => _connection = connection;

    public static MigrationLock Take(DatabaseAddress address)
    {
        var file = address.Engine is DatabaseEngine.Sqlite ? SqliteFile.PathOf(address) + "-lock" : null;
        DbConnection connection = file is null
            ? new NpgsqlConnection(address.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 120 }.ConnectionString);
        var taken = new MigrationLock(connection);
        if (file is not null)
        {
            SqliteFile.CreateFile(file);
        }

        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = file is null ? $"BEGIN; SELECT pg_advisory_xact_lock({PostgresKey})" : "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        return taken;
    }

    public void Dispose() => _connection.Dispose();
}
