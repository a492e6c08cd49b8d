using System.Data.Common;
using System.Reflection;
using Watchbill.Kernel;

namespace Watchbill.Storage;

/// <summary>
/// Questions written as SQL by hand, one text for both engines. The query translator costs a process some tens of milliseconds for each new question;
/// that is nothing for a server and too much for a command that asks five of them and ends. So the way of the one-shot questions is written by hand,
/// and only that way.
/// </summary>
internal static class HandWritten
{
    /// <summary>Reads all rows.</summary>
    /// <param name="session">The session; its transaction, if there is one, holds for the question too.</param>
    /// <param name="sql">The statement; values only as parameters (<c>@name</c>).</param>
    /// <param name="values">The parameters: texts and 64-bit numbers.</param>
    /// <param name="row">Makes an object of the row the reader stands on.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<List<T>> ReadAsync<T>(
        this DatabaseSession session, string sql, IReadOnlyCollection<(string Name, object Value)> values, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await session.ForEachAsync(sql, values, reader => rows.Add(row(reader)), cancellationToken);
        return rows;
    }

    /// <summary>Passes all rows, one after the other; none is kept.</summary>
    /// <inheritdoc cref="ReadAsync{T}"/>
    public static async Task ForEachAsync(
        this DatabaseSession session, string sql, IReadOnlyCollection<(string Name, object Value)> values, Action<DbDataReader> row, CancellationToken cancellationToken)
    {
        var (connection, transaction) = await session.PlainAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                row(reader);
            }
        }
        catch (DbException exception) when (DatabaseUnavailableException.Explain(exception, session.Address) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>A text column; null where it is null.</summary>
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A number; null where it is null.</summary>
    public static long? Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    /// <summary>An instant; null where it is null.</summary>
    public static DateTimeOffset? Instant(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Conventions.FromMicroseconds(reader.GetInt64(column));

    /// <summary>
    /// Reads whole rows into objects by the names of columns and properties. Meant for some thousands of rows at most: it sets properties by reflection.
    /// </summary>
    public static Task<List<T>> ReadWholeAsync<T>(
        this DatabaseSession session, string sql, IReadOnlyCollection<(string Name, object Value)> values, CancellationToken cancellationToken)
        where T : class
    {
        var properties = typeof(T).GetProperties().Where(static property => property.CanWrite)
            .ToDictionary(static property => SnakeCaseNames.SnakeCase(property.Name), StringComparer.Ordinal);
        return session.ReadAsync(sql, values, reader => Whole<T>(reader, properties), cancellationToken);
    }

    /// <summary>Inserts a row by the names of columns and properties; its <c>Id</c> is not written but given by the database.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table, whose key is <c>id</c>.</param>
    /// <param name="row">The row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The id.</returns>
    public static async Task<long> InsertWholeAsync<T>(this Transaction transaction, string table, T row, CancellationToken cancellationToken)
        where T : class
    {
        List<(string Name, object Value)> columns =
        [
            .. typeof(T).GetProperties().Where(static property => property.CanWrite && property.Name != "Id")
                .Select(property => (SnakeCaseNames.SnakeCase(property.Name), StoredOf(property.GetValue(row)))),
        ];
        var names = string.Join(", ", columns.Select(static column => $"\"{column.Name}\""));
        var values = string.Join(", ", columns.Select(static column => $"@{column.Name}"));
        var ids = await transaction.ReadAsync($"INSERT INTO {table} ({names}) VALUES ({values}) RETURNING id", columns, static reader => reader.GetInt64(0), cancellationToken);
        return ids.Single();
    }

    private static T Whole<T>(DbDataReader reader, Dictionary<string, PropertyInfo> properties)
        where T : class
    {
        var made = Activator.CreateInstance<T>();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (!reader.IsDBNull(column) && properties.TryGetValue(reader.GetName(column), out var property))
            {
                property.SetValue(made, ValueOf(reader, column, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
            }
        }

        return made;
    }

    private static object ValueOf(DbDataReader reader, int column, Type type) =>
        type == typeof(string) ? reader.GetString(column)
        : type == typeof(bool) ? reader.GetBoolean(column)
        : type == typeof(DateTimeOffset) ? Conventions.FromMicroseconds(reader.GetInt64(column))
        : type == typeof(double) ? reader.GetDouble(column)
        : type == typeof(int) ? reader.GetInt32(column)
        : type == typeof(long) ? reader.GetInt64(column)
        : type == typeof(ConnectorId) ? new ConnectorId(reader.GetInt64(column))
        : type == typeof(SyncRunId) ? new SyncRunId(reader.GetInt64(column))
        : type.IsEnum ? Enum.Parse(type, reader.GetString(column))
        : throw new NotSupportedException($"A column of type {type.Name} is not read by hand.");

    private static object StoredOf(object? value) => value switch
    {
        null => DBNull.Value,
        string or bool or long or double => value,
        int number => (long)number,
        DateTimeOffset instant => Conventions.ToMicroseconds(instant),
        ConnectorId id => id.Value,
        SyncRunId id => id.Value,
        Enum named => named.ToString(),
        _ => throw new NotSupportedException($"A value of type {value.GetType().Name} is not written by hand."),
    };
}
