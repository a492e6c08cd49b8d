using LinqToDB.Data;

namespace Watchbill.Storage;

/// <summary>
/// An open transaction. A use case opens it with <see cref="Database"/> and hands it to the stores that must change together;
/// only stores look inside.
/// </summary>
public sealed class Transaction
{
    internal Transaction(DataConnection connection) => Connection = connection;

    internal DataConnection Connection { get; }
}
