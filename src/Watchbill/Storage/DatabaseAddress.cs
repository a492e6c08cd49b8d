using Microsoft.Data.Sqlite;
using Npgsql;

namespace Watchbill.Storage;

/// <summary>The engines Watchbill runs on.</summary>
public enum DatabaseEngine
{
    /// <summary>One file, one node; the default.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server; needed for several nodes.</summary>
    PostgreSql,
}

/// <summary>Which database to use.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="ConnectionString">The driver's connection string. May hold a password: never print it, print <see cref="ToString"/>.</param>
public sealed record DatabaseAddress(DatabaseEngine Engine, string ConnectionString)
{
    private const string IdleTimeout = "idle_in_transaction_session_timeout";

    /// <summary>
    /// A node that stands still, or is cut off, in the middle of a transaction would keep its locks, and every other node waiting, for as long as it does. The server takes them away after so
    /// long; when the node wakes, what it had begun has not happened.
    /// </summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads <c>sqlite:PATH</c>, a bare path, or <c>postgres:CONNECTION-STRING</c> (Npgsql's <c>Host=…;Database=…</c> form).
    /// </summary>
    /// <exception cref="FormatException">The text is neither; the message says what is accepted.</exception>
    public static DatabaseAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > 4096 || text.Any(char.IsControl))
        {
            throw new FormatException($"A database is written as sqlite:PATH or postgres:CONNECTION-STRING, at most 4096 characters, without control characters.");
        }

        if (text.StartsWith("postgres:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase))
        {
            return PostgreSql(text[(text.IndexOf(':') + 1)..]);
        }

        return Sqlite(text.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? text["sqlite:".Length..] : text);
    }

    /// <summary>A SQLite database in the file at <paramref name="path"/>.</summary>
    public static DatabaseAddress Sqlite(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new FormatException("The database's path is empty. Write sqlite:PATH, for example sqlite:data/watchbill.db.");
        }

        // Pooling keeps a connection's page cache and prepared statements; foreign keys are a promise of the schema.
        var builder = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = true, DefaultTimeout = 30 };
        return new DatabaseAddress(DatabaseEngine.Sqlite, builder.ConnectionString);
    }

    /// <summary>A PostgreSQL database.</summary>
    public static DatabaseAddress PostgreSql(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(builder.Host) || string.IsNullOrWhiteSpace(builder.Database))
            {
                throw new FormatException("The PostgreSQL connection string needs at least Host and Database.");
            }

            if (builder.Options?.Contains(IdleTimeout, StringComparison.Ordinal) != true)
            {
                builder.Options = $"{builder.Options} -c {IdleTimeout}={LongestStandstill.TotalMilliseconds:0}".TrimStart();
            }

            return new DatabaseAddress(DatabaseEngine.PostgreSql, builder.ConnectionString);
        }
        catch (ArgumentException)
        {
            // The driver's message may repeat the value it did not understand, which may be the password.
            throw new FormatException("The PostgreSQL connection string is not understood. Write postgres:Host=…;Database=…;Username=…;Password=….");
        }
    }

    /// <summary>Names the database without any credentials.</summary>
    public override string ToString()
    {
        if (Engine is DatabaseEngine.Sqlite)
        {
            return $"sqlite:{new SqliteConnectionStringBuilder(ConnectionString).DataSource}";
        }

        var builder = new NpgsqlConnectionStringBuilder(ConnectionString);
        return $"postgres:{builder.Host}/{builder.Database}";
    }
}
