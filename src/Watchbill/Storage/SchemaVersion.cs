using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Watchbill.Storage;

/// <summary>Reads which schema a database has, without the migration library: loading that costs more than most commands.</summary>
internal static class SchemaVersion
{
    /// <summary>The newest applied migration; 0 when there is none.</summary>
    public static long Read(DatabaseAddress address)
    {
        var sqlite = address.Engine is DatabaseEngine.Sqlite;
        using DbConnection connection = sqlite ? new SqliteConnection(address.ConnectionString) : new NpgsqlConnection(address.ConnectionString);
        connection.Open();
        return Read(connection);
    }

    /// <summary>The same over a connection that is open.</summary>
    public static long Read(DbConnection connection)
    {
        var exists = Scalar(connection, connection is SqliteConnection
            ? "SELECT count(*) FROM sqlite_master WHERE name = 'VersionInfo'"
            : "SELECT count(*) FROM (SELECT to_regclass('\"VersionInfo\"') AS found) AS tables WHERE found IS NOT NULL");
        return exists == 0 ? 0 : Scalar(connection, "SELECT coalesce(max(\"Version\"), 0) FROM \"VersionInfo\"");
    }

    private static long Scalar(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
