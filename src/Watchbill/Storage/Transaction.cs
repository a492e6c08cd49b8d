using System.Data.Common;
using LinqToDB.Data;

namespace Watchbill.Storage;

/// <summary>A connection that somebody else opened and closes. It is handed to stores; only they look inside.</summary>
public abstract class DatabaseSession
{
    private protected DatabaseSession()
    {
    }

    /// <summary>Which database this is.</summary>
    internal abstract DatabaseAddress Address { get; }

    /// <summary>For questions in LINQ.</summary>
    internal abstract DataConnection Connection { get; }

    /// <summary>For questions in hand-written SQL: the same connection, and the transaction it is in.</summary>
    internal abstract ValueTask<(DbConnection Connection, DbTransaction? Transaction)> PlainAsync(CancellationToken cancellationToken);
}

/// <summary>
/// An open transaction. A use case opens it with <see cref="Database"/> and hands it to the stores that must change together.
/// </summary>
public sealed class Transaction : DatabaseSession
{
    internal Transaction(DataConnection connection, DatabaseAddress address)
    {
        Connection = connection;
        Address = address;
    }

    internal override DatabaseAddress Address { get; }

    internal override DataConnection Connection { get; }

    internal override async ValueTask<(DbConnection Connection, DbTransaction? Transaction)> PlainAsync(CancellationToken cancellationToken) =>
        (await Connection.OpenDbConnectionAsync(cancellationToken), Connection.Transaction);
}

/// <summary>
/// A connection for reading, outside of any transaction: each question sees what is durable when it is asked. Opened when the first question is
/// asked; the query translator is brought up only by a question that needs it.
/// </summary>
public sealed class ReadSession : DatabaseSession, IAsyncDisposable
{
    private readonly Database _database;
    private DbConnection? _plain;
    private DbTransaction? _transaction;
    private DataConnection? _linq;

    internal ReadSession(Database database) => _database = database;

    internal override DatabaseAddress Address => _database.Address;

    internal override DataConnection Connection => _linq ??= _plain is null ? _database.Open() : _database.OpenOver(_plain, _transaction);

    internal override async ValueTask<(DbConnection Connection, DbTransaction? Transaction)> PlainAsync(CancellationToken cancellationToken)
    {
        if (_plain is null && _linq is not null)
        {
            return (await _linq.OpenDbConnectionAsync(cancellationToken), _linq.Transaction);
        }

        _plain ??= await _database.OpenPlainAsync(cancellationToken);
        return (_plain, _transaction);
    }

    /// <summary>Holds one unchanging state of the database for all questions that follow. Before the first question only.</summary>
    internal async Task<IAsyncDisposable> HoldStillAsync(CancellationToken cancellationToken)
    {
        await PlainAsync(cancellationToken);
        return _database.Address.Engine is DatabaseEngine.PostgreSql
            ? _transaction = await _plain!.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken)
            : await DeferredTransaction.BeginAsync(_plain!, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_linq is not null)
        {
            await _linq.DisposeAsync();
        }

        if (_plain is not null)
        {
            await _plain.DisposeAsync();
        }
    }

    /// <summary>SQLite's own transaction, begun by hand, because the driver's begins by locking out writers.</summary>
    private sealed class DeferredTransaction(DbConnection connection) : IAsyncDisposable
    {
        public static async Task<DeferredTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
        {
            await ExecuteAsync(connection, "BEGIN DEFERRED", cancellationToken);
            return new DeferredTransaction(connection);
        }

        /// <summary>Not cancellable: a pooled connection must not keep an open transaction.</summary>
        public async ValueTask DisposeAsync() => await ExecuteAsync(connection, "ROLLBACK", CancellationToken.None);

        private static async Task ExecuteAsync(DbConnection connection, string statement, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
