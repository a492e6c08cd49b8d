using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Watchbill.Storage;

/// <summary>
/// An INSERT of one row on SQLite, prepared once and used for many. The driver's command makes several objects for each value of each row; this makes none.
/// </summary>
internal sealed class SqliteInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[256];

    /// <summary>Prepares it.</summary>
    /// <param name="connection">An open connection; it must stay open.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns that are written.</param>
    /// <exception cref="SqliteException">There is no such table or column.</exception>
    public SqliteInsert(SqliteConnection connection, string table, IReadOnlyCollection<string> columns)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        var sql = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(static column => $"\"{column}\""))}) VALUES ({string.Join(", ", columns.Select(static _ => "?"))})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    /// <summary>Sets the value of a column for the next row.</summary>
    /// <param name="column">Its place among the columns, from 0.</param>
    /// <param name="value">As it is stored: a text, a number, a yes or a no, bytes; null for none.</param>
    public void Set(int column, object? value)
    {
        var place = column + 1;
        SqliteException.ThrowExceptionForRC(
            value switch
            {
                null or DBNull => raw.sqlite3_bind_null(_statement, place),
                string text => SetText(place, text),
                long number => raw.sqlite3_bind_int64(_statement, place, number),
                int number => raw.sqlite3_bind_int64(_statement, place, number),
                bool yes => raw.sqlite3_bind_int64(_statement, place, yes ? 1 : 0),
                double number => raw.sqlite3_bind_double(_statement, place, number),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
                _ => throw new NotSupportedException($"SQLite stores no {value.GetType().Name}."),
            },
            _database);
    }

    /// <summary>Inserts the row.</summary>
    /// <exception cref="SqliteException">It cannot be, for example because its key is there already or the disk is full.</exception>
    public void Execute()
    {
        var outcome = raw.sqlite3_step(_statement);
        if (outcome != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(outcome, _database);
        }

        raw.sqlite3_reset(_statement);
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private int SetText(int place, string text)
    {
        if (_text.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
        {
            _text = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        }

        return raw.sqlite3_bind_text(_statement, place, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }
}
