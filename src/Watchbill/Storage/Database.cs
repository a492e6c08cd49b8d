using System.Data.Common;
using LinqToDB;
using LinqToDB.Common;
using LinqToDB.Data;
using LinqToDB.DataProvider;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.DataProvider.SQLite;
using LinqToDB.Interceptors;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Watchbill.Storage;

/// <summary>
/// The door to the database. Stores open connections here; nothing else in the product knows which engine answers.
/// </summary>
public sealed class Database
{
    private static readonly SqliteSettings Settings = new();

    /// <summary>Only when a question is asked in LINQ: what it takes to translate queries is not brought up for nothing.</summary>
    private readonly Lazy<DataOptions> _options;

    private readonly Lazy<MappingSchema> _schema;

    static Database() => Compilation.SetExpressionCompiler(WarmingExpressions.FunctionOf);

    /// <summary>Prepares; does not connect.</summary>
    /// <param name="address">Which database.</param>
    /// <param name="model">How rows lie in tables; one for the whole process.</param>
    public Database(DatabaseAddress address, DatabaseModel model)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(model);
        Address = address;
        _schema = new(() => model.Schema);
        _options = new(() => OptionsOf(address, Schema));
    }

    /// <summary>Which database this is.</summary>
    public DatabaseAddress Address { get; }

    internal MappingSchema Schema => _schema.Value;

    /// <summary>Opens a connection; the caller disposes it.</summary>
    internal DataConnection Open() => new(_options.Value);

    /// <summary>LINQ over a connection that is open already, and stays open.</summary>
    internal DataConnection OpenOver(DbConnection connection, DbTransaction? transaction)
    {
        var provider = ProviderOf(Address);
        var options = new DataOptions().UseMappingSchema(Schema).UseInterceptor(new UnavailableExceptions(Address));
        return new(transaction is null ? options.UseConnection(provider, connection, disposeConnection: false) : options.UseTransaction(provider, transaction));
    }

    /// <summary>Opens a connection for hand-written SQL; the caller disposes it.</summary>
    /// <exception cref="DatabaseUnavailableException">It cannot be opened; the message says why.</exception>
    internal async Task<DbConnection> OpenPlainAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = Address.Engine is DatabaseEngine.Sqlite ? new SqliteConnection(Address.ConnectionString) : new NpgsqlConnection(Address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (Address.Engine is DatabaseEngine.Sqlite)
            {
                await Settings.ConnectionOpenedAsync(default, connection, cancellationToken);
            }

            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            throw DatabaseUnavailableException.Explain(exception, Address) ?? exception;
        }
    }

    /// <summary>Opens a connection for reading; the caller disposes it.</summary>
    public ReadSession OpenRead() => new(this);

    /// <summary>
    /// The library keeps translated queries per mapping, options and address. A connection that we make ourselves has no address to it: databases of one process share what
    /// was translated, and a process of tests with hundreds of them does not translate everything hundreds of times.
    /// </summary>
    private static DataOptions OptionsOf(DatabaseAddress address, MappingSchema schema)
    {
        var options = new DataOptions().UseMappingSchema(schema).UseInterceptor(new UnavailableExceptions(address));
        return address.Engine is DatabaseEngine.Sqlite
            ? options.UseSQLite(SQLiteProvider.Microsoft).UseConnectionFactory(ProviderOf(address), _ => new SqliteConnection(address.ConnectionString)).UseInterceptor(Settings)
            : options.UsePostgreSQL(PostgreSQLVersion.v15, static engine => engine with { BulkCopyType = BulkCopyType.ProviderSpecific })
                .UseConnectionFactory(ProviderOf(address), _ => new NpgsqlConnection(address.ConnectionString));
    }

    private static IDataProvider ProviderOf(DatabaseAddress address) =>
        address.Engine is DatabaseEngine.Sqlite ? SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft) : PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction: when it returns, everything is durable; when it throws, nothing happened.
    /// On SQLite the write lock is taken at the start, so two writers wait instead of failing halfway.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var connection = Open();
        await using var transaction = await BeginAsync(connection, cancellationToken);
        var result = await work(new Transaction(connection, Address));
        await CommitAsync(transaction, cancellationToken);
        return result;
    }

    /// <summary>Failures to connect do not pass <see cref="UnavailableExceptions"/>, which sees statements only.</summary>
    private async Task<DataConnectionTransaction> BeginAsync(DataConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.BeginTransactionAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseUnavailableException.Explain(exception, Address) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>A disk that is full shows itself here, past <see cref="UnavailableExceptions"/> too.</summary>
    private async Task CommitAsync(DataConnectionTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseUnavailableException.Explain(exception, Address) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>
    /// Lets the database look at a table that changed greatly, so that the next statements are planned for what it holds now. SQLite needs
    /// no such help with our indexes.
    /// </summary>
    internal static async Task AnalyzeAsync(Transaction transaction, string table, CancellationToken cancellationToken)
    {
        if (transaction.Address.Engine is DatabaseEngine.PostgreSql)
        {
            await transaction.Connection.ExecuteAsync($"ANALYZE {table}", cancellationToken);
        }
    }

    /// <summary>
    /// Deletes the rows that have one value in an indexed column. SQLite lets a table that loses all its rows go as a whole, without looking at any; PostgreSQL does not,
    /// and there somebody else may add rows meanwhile.
    /// </summary>
    internal static async Task DeleteAsync(Transaction transaction, string table, (string Column, long Value) of, CancellationToken cancellationToken)
    {
        var value = StoreParameters.Number("value", of.Value);
        var others = $"SELECT EXISTS (SELECT 1 FROM {table} WHERE {of.Column} < @value) OR EXISTS (SELECT 1 FROM {table} WHERE {of.Column} > @value)";
        var isWhole = transaction.Address.Engine is DatabaseEngine.Sqlite && await transaction.Connection.ExecuteAsync<long>(others, cancellationToken, value) == 0;
        await transaction.Connection.ExecuteAsync(isWhole ? $"DELETE FROM {table}" : $"DELETE FROM {table} WHERE {of.Column} = @value", cancellationToken, value);
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(Func<Transaction, Task> work, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// Waits until no other transaction holds the lock of this name, and holds it until the end of the transaction.
    /// On SQLite every transaction is alone from its beginning, so there is nothing to do.
    /// </summary>
    internal static async Task LockAsync(Transaction transaction, string name, CancellationToken cancellationToken)
    {
        if (transaction.Address.Engine is DatabaseEngine.PostgreSql)
        {
            await transaction.Connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))", cancellationToken, new DataParameter("name", name, DataType.Text));
        }
    }

    /// <summary>
    /// Readers never wait for the writer (WAL), and a commit survives a power cut (FULL). Each connection of the pool keeps pages of its own: SQLite's 2 MB, because
    /// the system keeps the file in memory anyway.
    /// </summary>
    private sealed class SqliteSettings : ConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;";

        public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Turns the driver's exceptions about the environment into sentences for people; bugs stay what they are.</summary>
    private sealed class UnavailableExceptions(DatabaseAddress address) : ExceptionInterceptor
    {
        public override void ProcessException(ExceptionEventData eventData, Exception exception)
        {
            if (DatabaseUnavailableException.Explain(exception, address) is { } explained)
            {
                throw explained;
            }
        }
    }
}
