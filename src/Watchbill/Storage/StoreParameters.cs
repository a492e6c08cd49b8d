using LinqToDB;
using LinqToDB.Data;
using Watchbill.Kernel;

namespace Watchbill.Storage;

/// <summary>The parameters that hand-written statements share, by the names they have there.</summary>
internal static class StoreParameters
{
    /// <summary><c>@open</c>: the stored end of a period that has none.</summary>
    public static DataParameter Open => Number("open", Conventions.ToMicroseconds(Conventions.OpenEnd));

    /// <summary><c>@run</c>.</summary>
    public static DataParameter Run(SyncRunId run) => Number("run", run.Value);

    /// <summary><c>@connector</c>, <c>@run</c> and <c>@open</c>.</summary>
    public static DataParameter[] Of(ConnectorId connector, SyncRunId run) => [Number("connector", connector.Value), Run(run), Open];

    public static DataParameter Number(string name, long value) => new(name, value, DataType.Int64);

    public static DataParameter Text(string name, string? value) => new(name, value, DataType.NVarChar);
}
