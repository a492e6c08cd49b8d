using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>
/// Collects the evidence that is due. Connectors take turns side by side, the kinds of one connector one after the other; what is due is always read from the
/// database, so nothing is lost when this process ends.
/// </summary>
internal sealed partial class CollectionWorker(CollectionQueue queue, ServerOptions options, TimeProvider clock, ILogger<CollectionWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    private readonly Dictionary<ConnectorId, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await StartDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (connector, task) in _running.Where(static pair => pair.Value.IsCompleted).ToList())
            {
                _running.Remove(connector);
                await task;
            }

            foreach (var connector in await queue.ConnectorsAsync(cancellationToken))
            {
                if (_running.Count < options.ParallelSyncs && !_running.ContainsKey(connector))
                {
                    _running[connector] = Task.Run(() => RunAsync(connector, cancellationToken), CancellationToken.None);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            DatabaseGone(log, exception.Message);
        }
    }

    private async Task RunAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var collection in await queue.RunAsync(connector, cancellationToken))
            {
                Ended(log, collection.Id, collection.Kind, connector, collection.State);
            }
        }
        catch (OperationCanceledException)
        {
            // What was being read is read again at the next start.
        }
        catch (Exception exception)
        {
            Broke(log, connector, exception);
        }
    }

    [LoggerMessage(EventId = 1011, Level = LogLevel.Information, Message = "Collection {Collection} of {Kind} of source {Connector} ended: {State}.")]
    private static partial void Ended(ILogger log, CollectionId collection, EvidenceKind kind, ConnectorId connector, CollectionState state);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Error, Message = "Collecting from source {Connector} broke.")]
    private static partial void Broke(ILogger log, ConnectorId connector, Exception exception);

    [LoggerMessage(EventId = 1013, Level = LogLevel.Warning, Message = "Looking for evidence that is due: {Problem}")]
    private static partial void DatabaseGone(ILogger log, string problem);
}
