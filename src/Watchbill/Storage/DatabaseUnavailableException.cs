using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Watchbill.Storage;

/// <summary>
/// The database cannot be used, for a reason that a person can mend. The message is one or two sentences that say what is wrong and what
/// to do; it names the database without credentials.
/// </summary>
public sealed class DatabaseUnavailableException(string message, Exception cause) : IOException(message, cause)
{
    // SQLite's primary result codes, https://www.sqlite.org/rescode.html
    private const int SqlitePermission = 3;
    private const string StoodStill = "25P03";
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>Explains an exception of the driver; null when it is not about the environment but a bug of ours.</summary>
    public static DatabaseUnavailableException? Explain(Exception exception, DatabaseAddress address)
    {
        if (exception is DatabaseUnavailableException explained)
        {
            return explained;
        }

        var text = exception switch
        {
            SqliteException sqlite => ExplainSqlite(sqlite, address),
            PostgresException postgres => ExplainPostgres(postgres, address),
            NpgsqlException { InnerException: SocketException } => $"Nothing answers at {address}. Check host and port, and that the server runs.",
            NpgsqlException { InnerException: IOException } => $"The connection to {address} was cut. Check the network, and whether the server runs.",
            NpgsqlException { InnerException: TimeoutException } => $"{address} did not answer in time. Check the network, and whether the server is overloaded.",
            UnauthorizedAccessException => $"No permission to use {address}. Run Watchbill as the owner of that folder, or choose another with --database.",
            IOException => $"{address} cannot be used: {exception.Message} Choose another place with --database.",
            _ => null,
        };
        return text is null ? null : new DatabaseUnavailableException(text, exception);
    }

    private static string? ExplainSqlite(SqliteException exception, DatabaseAddress address) => exception.SqliteErrorCode switch
    {
        SqliteNotADatabase => $"{address} is not a SQLite database. Name another file, or move this one away.",
        SqliteCorrupt => $"{address} is damaged. Stop Watchbill and restore the file from a backup.",
        SqliteCannotOpen => $"{address} cannot be opened. Check that the folder exists and that Watchbill may write in it.",
        SqliteReadOnly or SqlitePermission => $"{address} cannot be written. Give Watchbill's user the right to write the file and its folder.",
        SqliteFull => $"The disk of {address} is full. Make room, then try again; nothing was lost.",
        SqliteBusy or SqliteLocked => $"Another process has been writing to {address} for too long. Let it finish or stop it, then try again.",
        SqliteInputOutput => $"Reading or writing {address} failed ({exception.SqliteExtendedErrorCode}). Check the disk; a network file system will not do.",
        _ => null,
    };

    private static string? ExplainPostgres(PostgresException exception, DatabaseAddress address) => exception.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"{address} refuses the user name or password. Correct them in the connection string.",
        PostgresErrorCodes.InvalidCatalogName => $"The database of {address} does not exist. Create it (createdb), then try again.",
        PostgresErrorCodes.InsufficientPrivilege => $"The user may not use {address}. Make it the database's owner.",
        PostgresErrorCodes.TooManyConnections => $"{address} has no connection left. Raise max_connections, or lower \"Maximum Pool Size\".",
        PostgresErrorCodes.DiskFull => $"The disk of {address} is full. Make room, then try again; nothing was lost.",
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown => $"{address} is starting or stopping. Try again in a moment.",
        StoodStill => $"This process stood still for so long that {address} undid what it had begun, so that others could go on.",
        PostgresErrorCodes.ReadOnlySqlTransaction => $"{address} is a read-only replica. Name the primary server.",
        _ => null,
    };
}
