using LinqToDB.Data;

namespace Watchbill.Storage;

/// <summary>A connection that somebody else opened and closes. It is handed to stores; only they look inside.</summary>
public abstract class DatabaseSession
{
    private protected DatabaseSession(DataConnection connection) => Connection = connection;

    internal DataConnection Connection { get; }
}

/// <summary>
/// An open transaction. A use case opens it with <see cref="Database"/> and hands it to the stores that must change together.
/// </summary>
public sealed class Transaction : DatabaseSession
{
    internal Transaction(DataConnection connection)
        : base(connection)
    {
    }
}

/// <summary>A connection for reading, outside of any transaction: each question sees what is durable when it is asked.</summary>
public sealed class ReadSession : DatabaseSession, IAsyncDisposable
{
    internal ReadSession(DataConnection connection)
        : base(connection)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
