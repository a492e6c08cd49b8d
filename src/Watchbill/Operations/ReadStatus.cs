using Watchbill.Connectors;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Operations;

/// <summary>How Watchbill itself stands, for whoever runs it.</summary>
public sealed class ReadStatus
{
    private readonly Database _database;
    private readonly DatabaseAddress _address;
    private readonly ConnectorStandings _standings;
    private readonly SentryBudgets _budgets;
    private readonly TimeProvider _clock;

    internal ReadStatus(Database database, DatabaseAddress address, ConnectorStandings standings, SentryBudgets budgets, TimeProvider clock)
    {
        _database = database;
        _address = address;
        _standings = standings;
        _budgets = budgets;
        _clock = clock;
    }

    /// <summary>Reads it all. Needs the right to manage sources.</summary>
    public async Task<Result<SystemStatus>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        var sources = await _standings.ListAsync(caller, cancellationToken);
        if (!sources.Succeeded)
        {
            return sources.Refusal!;
        }

        var now = _clock.GetUtcNow();
        await using var session = _database.OpenRead();
        return new SystemStatus
        {
            At = now,
            Version = NodeBook.ThisVersion,
            Schema = Migrator.Latest,
            Engine = IsSqlite ? "sqlite" : "postgresql",
            StoreBytes = await NodeStore.SizeAsync(session, IsSqlite, cancellationToken),
            Queues = [.. (await NodeStore.WaitingAsync(session, now, cancellationToken)).Select(queue => new QueueStatus(queue.Queue, queue.Count, queue.Since, IsLate(queue.Queue, now - queue.Since)))],
            Nodes = await NodeBook.ListAsync(session, now, cancellationToken),
            Sources = [.. sources.Value.Select(Of)],
        };
    }

    private bool IsSqlite => _address.Engine is DatabaseEngine.Sqlite;

    /// <summary>Whether the longest wait is longer than a healthy Watchbill lets anything wait.</summary>
    private static bool IsLate(WorkQueue queue, TimeSpan? wait) => wait > queue switch
    {
        WorkQueue.Syncs => TimeSpan.FromMinutes(30),
        WorkQueue.RunningSyncs => TimeSpan.FromHours(6),
        WorkQueue.Changes => TimeSpan.FromHours(8),
        WorkQueue.EscalatedChanges => TimeSpan.Zero,
        WorkQueue.OverdueGrants => TimeSpan.FromMinutes(5),
        WorkQueue.Mails => TimeSpan.FromHours(1),
        WorkQueue.UnsealedEvents => TimeSpan.FromMinutes(5),
    };

    private SourceStatus Of(ConnectorStanding standing) => new(
        standing.Connector.Id, standing.Connector.Name, standing.Connector.State, standing.LastRun?.FinishedAt ?? standing.LastRun?.StartedAt, standing.NextRunAt, standing.StaleScopes,
        _budgets.Seen(standing.Connector.Address, standing.Connector.OrganizationSlug));
}
