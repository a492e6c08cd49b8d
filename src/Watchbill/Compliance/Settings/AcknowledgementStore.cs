using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Logged;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Settings;

/// <summary>The SQL of acknowledged lines.</summary>
internal static class AcknowledgementStore
{
    /// <summary>Who did what these lines tell, of those that are kept.</summary>
    public static async Task<IReadOnlyDictionary<long, string?>> ActorsAsync(DatabaseSession session, ConnectorId connector, IReadOnlyList<long> lines, CancellationToken cancellationToken) =>
        (await session.Connection.GetTable<LoggedEvent>().Where(row => row.ConnectorId == connector && lines.Contains(row.EntryId))
            .Select(static row => new { row.EntryId, row.Actor }).ToListAsync(cancellationToken))
        .ToDictionary(static row => row.EntryId, static row => row.Actor);

    /// <summary>Those of them that are acknowledged.</summary>
    public static Task<List<long>> KnownAsync(DatabaseSession session, ConnectorId connector, IReadOnlyList<long> lines, CancellationToken cancellationToken) =>
        session.Connection.GetTable<LogAcknowledgement>().Where(row => row.ConnectorId == connector && lines.Contains(row.EntryId)).Select(static row => row.EntryId).ToListAsync(cancellationToken);

    public static Task InsertAsync(Transaction transaction, IReadOnlyCollection<LogAcknowledgement> rows, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.CompletedTask : transaction.InsertAllAsync(rows, cancellationToken);
}

/// <summary>A line of Sentry's audit log that somebody looked at.</summary>
internal sealed record LogAcknowledgement
{
    public ConnectorId ConnectorId { get; init; }

    public long EntryId { get; init; }

    public required string Reason { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public long? AccountId { get; init; }

    public DateTimeOffset At { get; init; }
}
