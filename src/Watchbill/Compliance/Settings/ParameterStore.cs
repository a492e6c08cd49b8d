using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Settings;

/// <summary>The SQL of parameters.</summary>
internal static class ParameterStore
{
    /// <summary>The settings of each check that has any of its own.</summary>
    public static async Task<Dictionary<string, CheckSettings>> SettingsAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        (await OpenAsync(session, connector, cancellationToken)).Where(static row => row.Value is not null).GroupBy(static row => row.CheckId)
            .ToDictionary(static check => check.Key, static check => new CheckSettings(check.ToDictionary(static row => row.Name, static row => row.Value!)), StringComparer.Ordinal);

    /// <summary>The values that hold.</summary>
    public static Task<List<CheckParameterRow>> OpenAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken)
    {
        var openEnd = Conventions.OpenEnd;
        return session.Connection.GetTable<CheckParameterRow>().Where(row => row.ConnectorId == connector && row.ValidTo == openEnd).ToListAsync(cancellationToken);
    }

    /// <summary>All values that parameters of a check ever had, newest first.</summary>
    public static Task<List<CheckParameterRow>> HistoryAsync(DatabaseSession session, ConnectorId connector, string check, CancellationToken cancellationToken) =>
        session.Connection.GetTable<CheckParameterRow>().Where(row => row.ConnectorId == connector && row.CheckId == check).OrderByDescending(row => row.ValidFrom).ToListAsync(cancellationToken);

    /// <summary>Ends the value that holds and begins another.</summary>
    public static async Task ReplaceAsync(Transaction transaction, CheckParameterRow next, CancellationToken cancellationToken)
    {
        var openEnd = Conventions.OpenEnd;
        await transaction.Connection.GetTable<CheckParameterRow>()
            .Where(row => row.ConnectorId == next.ConnectorId && row.CheckId == next.CheckId && row.Name == next.Name && row.ValidTo == openEnd)
            .Set(row => row.ValidTo, next.ValidFrom).UpdateAsync(cancellationToken);
        await transaction.Connection.InsertAsync(next, token: cancellationToken);
    }
}

/// <summary>A value that a parameter has, or had, for one connector.</summary>
internal sealed record CheckParameterRow
{
    public ConnectorId ConnectorId { get; init; }

    public required string CheckId { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset ValidTo { get; init; }

    /// <summary>Null for the default.</summary>
    public string? Value { get; init; }

    public required string Reason { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public AccountId? AccountId { get; init; }
}
