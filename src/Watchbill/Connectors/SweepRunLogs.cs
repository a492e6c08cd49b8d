using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>
/// Removes the logs of old runs, which grow with every run and tell nothing that the ledger does not: facts keep the runs that saw them, and runs their counts. What was read last before the time
/// that is kept stays, so that for every instant of that time the log says when each scope was read. Asked now and then by the host; it goes on where a killed process left off.
/// </summary>
public sealed class SweepRunLogs
{
    /// <summary>So many runs at once: writers that wait for the database wait no longer than for that.</summary>
    private const int Batch = 100;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly AuditLog _audit;
    private readonly RetentionOptions _options;
    private readonly TimeProvider _clock;

    internal SweepRunLogs(Database database, ConnectorStore connectors, AuditLog audit, RetentionOptions options, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _audit = audit;
        _options = options;
        _clock = clock;
    }

    /// <summary>Sweeps once, all connectors.</summary>
    /// <returns>The logs of how many runs were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (_options.RunLogs is not { } kept)
        {
            return 0;
        }

        var removed = 0;
        foreach (var connector in await _connectors.ListAsync(cancellationToken))
        {
            int batch;
            do
            {
                batch = await _database.InTransactionAsync(transaction => SweepAsync(transaction, connector.Id, _clock.GetUtcNow() - kept, cancellationToken), cancellationToken);
                removed += batch;
            }
            while (batch == Batch);
        }

        return removed;
    }

    private async Task<int> SweepAsync(Transaction transaction, ConnectorId connector, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (await SyncRunStore.LastFullBeforeAsync(transaction, connector, before, cancellationToken) is not { } keptFrom)
        {
            return 0;
        }

        var runs = await SyncRunStore.WithLogBeforeAsync(transaction, connector, keptFrom, Batch, cancellationToken);
        if (runs.Count > 0)
        {
            var lines = await SyncRunStore.DeleteLogsAsync(transaction, runs, cancellationToken);
            await _audit.AppendAsync(
                transaction,
                new AuditEvent
                {
                    Actor = Actor.System,
                    Action = "run-logs-removed",
                    SubjectKind = "connector",
                    SubjectId = connector.ToString(),
                    Before = new JsonObject { ["firstRun"] = runs[0].Value, ["lastRun"] = runs[^1].Value, ["runs"] = runs.Count, ["lines"] = lines }.ToJsonString(),
                },
                cancellationToken);
        }

        return runs.Count;
    }
}
