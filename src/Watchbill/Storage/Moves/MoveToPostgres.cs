using System.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Watchbill.Storage.Moves;

/// <summary>What was moved.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">So many rows.</param>
public sealed record MovedTable(string Table, long Rows);

/// <summary>The database was not moved; the target is as it was. The message says why and what to do, and holds no password.</summary>
public sealed class MoveException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// Copies everything from a SQLite database into an empty PostgreSQL one: of one moment, in one transaction, counted afterwards. The source is only read. Whatever a process writes into it meanwhile
/// is not moved, so nobody may work with it.
/// </summary>
public static class MoveToPostgres
{
    /// <summary>What the target makes for itself: its schema's version, schedules (made anew from the connectors), and signs of life.</summary>
    private static bool IsOwnBusiness(string table) =>
        table is "VersionInfo" or "node" || table.StartsWith("qrtz_", StringComparison.OrdinalIgnoreCase) || table.StartsWith("sqlite_", StringComparison.Ordinal);

    /// <summary>Moves it.</summary>
    /// <param name="source">The SQLite database; brought to the newest schema first.</param>
    /// <param name="target">The PostgreSQL database; there is nothing in it yet.</param>
    /// <param name="cancellationToken">Gives up; the target stays empty.</param>
    /// <exception cref="MoveException">It was not moved.</exception>
    /// <exception cref="DatabaseUnavailableException">One of the databases cannot be used.</exception>
    public static async Task<IReadOnlyList<MovedTable>> RunAsync(DatabaseAddress source, DatabaseAddress target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.Engine is not DatabaseEngine.Sqlite || target.Engine is not DatabaseEngine.PostgreSql)
        {
            throw new MoveException("A database is moved from SQLite to PostgreSQL: name the SQLite one with --database sqlite:PATH and the PostgreSQL one as postgres:CONNECTION-STRING.");
        }

        if (!File.Exists(SqliteFile.PathOf(source)))
        {
            throw new MoveException($"There is no database at {SqliteFile.PathOf(source)}.");
        }

        Migrator.Migrate(source);
        Migrator.Migrate(target);
        try
        {
            await using var from = new SqliteConnection(source.ConnectionString);
            await from.OpenAsync(cancellationToken);
            await using var reading = from.BeginTransaction(deferred: true);
            await using var to = new NpgsqlConnection(target.ConnectionString);
            await to.OpenAsync(cancellationToken);
            await using var writing = await to.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
            var moved = await new Copying(from, to).AllAsync(cancellationToken);
            await writing.CommitAsync(cancellationToken);
            return moved;
        }
        catch (PostgresException wrong) when (wrong.SqlState is PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire)
        {
            throw new MoveException($"A text holds a character that PostgreSQL does not take ({wrong.MessageText}). Nothing was moved.", wrong);
        }
        catch (Exception exception) when (DatabaseUnavailableException.Explain(exception, target) is { } explained)
        {
            throw explained;
        }
    }

    private sealed class Copying(SqliteConnection from, NpgsqlConnection to)
    {
        public async Task<IReadOnlyList<MovedTable>> AllAsync(CancellationToken cancellationToken)
        {
            var tables = await TablesAsync(cancellationToken);
            foreach (var table in tables)
            {
                if (await CountAsync(table, cancellationToken) > 0)
                {
                    throw new MoveException($"The PostgreSQL database is not empty: there are rows in {table}. Make a new database and move into that; nothing is overwritten.");
                }
            }

            List<MovedTable> moved = [];
            foreach (var table in tables)
            {
                var columns = await ColumnsAsync(table, cancellationToken);
                var rows = await CopyAsync(table, columns, cancellationToken);
                if (await CountAsync(table, cancellationToken) != rows)
                {
                    throw new MoveException($"Of {table} not all rows arrived. Nothing was moved.");
                }

                await SetNextAsync(table, columns, cancellationToken);
                moved.Add(new MovedTable(table, rows));
            }

            return moved;
        }

        private async Task<List<string>> TablesAsync(CancellationToken cancellationToken)
        {
            await using var command = from.CreateCommand();
            command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<string> tables = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!IsOwnBusiness(reader.GetString(0)))
                {
                    tables.Add(reader.GetString(0));
                }
            }

            return tables;
        }

        private async Task<List<TargetColumn>> ColumnsAsync(string table, CancellationToken cancellationToken)
        {
            await using var command = to.CreateCommand();
            command.CommandText =
                """
                SELECT column_name, data_type, is_identity = 'YES' OR column_default LIKE 'nextval(%' FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = @table ORDER BY ordinal_position
                """;
            command.Parameters.AddWithValue("table", table);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<TargetColumn> columns = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                columns.Add(new TargetColumn(reader.GetString(0), TypeOf(table, reader.GetString(1)), !await reader.IsDBNullAsync(2, cancellationToken) && reader.GetBoolean(2)));
            }

            return columns.Count > 0 ? columns : throw new MoveException($"The PostgreSQL database has no table {table}: the schemas differ, which no version of Watchbill makes.");
        }

        private static NpgsqlDbType TypeOf(string table, string type) => type switch
        {
            "bigint" => NpgsqlDbType.Bigint,
            "integer" => NpgsqlDbType.Integer,
            "text" or "character varying" => NpgsqlDbType.Text,
            "boolean" => NpgsqlDbType.Boolean,
            "bytea" => NpgsqlDbType.Bytea,
            "double precision" => NpgsqlDbType.Double,
            _ => throw new MoveException($"The table {table} has a column of the type {type}, which cannot be moved."),
        };

        private async Task<long> CopyAsync(string table, List<TargetColumn> columns, CancellationToken cancellationToken)
        {
            var names = string.Join(", ", columns.Select(static column => $"\"{column.Name}\""));
            await using var command = from.CreateCommand();
            command.CommandText = $"SELECT {names} FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await using var writer = await to.BeginBinaryImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT BINARY)", cancellationToken);
            long rows = 0;
            for (; await reader.ReadAsync(cancellationToken); rows++)
            {
                await writer.StartRowAsync(cancellationToken);
                for (var place = 0; place < columns.Count; place++)
                {
                    await WriteAsync(writer, reader, place, columns[place].Type, cancellationToken);
                }
            }

            await writer.CompleteAsync(cancellationToken);
            return rows;
        }

        private static Task WriteAsync(NpgsqlBinaryImporter writer, SqliteDataReader reader, int place, NpgsqlDbType type, CancellationToken cancellationToken) => reader.IsDBNull(place)
            ? writer.WriteNullAsync(cancellationToken)
            : type switch
            {
                NpgsqlDbType.Bigint => writer.WriteAsync(reader.GetInt64(place), type, cancellationToken),
                NpgsqlDbType.Integer => writer.WriteAsync(reader.GetInt32(place), type, cancellationToken),
                NpgsqlDbType.Boolean => writer.WriteAsync(reader.GetInt64(place) != 0, type, cancellationToken),
                NpgsqlDbType.Double => writer.WriteAsync(reader.GetDouble(place), type, cancellationToken),
                NpgsqlDbType.Bytea => writer.WriteAsync(reader.GetFieldValue<byte[]>(place), type, cancellationToken),
                _ => writer.WriteAsync(reader.GetString(place), NpgsqlDbType.Text, cancellationToken),
            };

        private async Task<long> CountAsync(string table, CancellationToken cancellationToken)
        {
            await using var command = to.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM \"{table}\"";
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        /// <summary>The next number that the database gives goes on where the old one ended.</summary>
        private async Task SetNextAsync(string table, List<TargetColumn> columns, CancellationToken cancellationToken)
        {
            foreach (var column in columns.Where(static column => column.IsCounted))
            {
                await using var command = to.CreateCommand();
                command.CommandText = $"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column.Name}'), greatest((SELECT coalesce(max(\"{column.Name}\"), 0) FROM \"{table}\"), @last) + 1, false)";
                command.Parameters.AddWithValue("last", await LastNumberAsync(table, cancellationToken));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        /// <summary>The last number that SQLite gave, which rows that were deleted since may have had: numbers are in the audit log and must not come twice.</summary>
        private async Task<long> LastNumberAsync(string table, CancellationToken cancellationToken)
        {
            await using var command = from.CreateCommand();
            command.CommandText = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = @table";
            command.Parameters.AddWithValue("@table", table);
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }

    private sealed record TargetColumn(string Name, NpgsqlDbType Type, bool IsCounted);
}
