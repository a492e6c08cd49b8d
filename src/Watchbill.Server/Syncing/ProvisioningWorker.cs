using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>
/// Makes the changes in Sentry that are due. Organizations side by side, the changes of one after the other; what is due is always read from the database, so nothing
/// is lost when this process ends.
/// </summary>
internal sealed partial class ProvisioningWorker(Provisioner provisioner, TimeProvider clock, ILogger<ProvisioningWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ConnectorId, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        while (await timer.TickAsync(stoppingToken))
        {
            await StartDueAsync(stoppingToken);
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (connector, _) in _running.Where(static pair => pair.Value.IsCompleted).ToList())
            {
                _running.Remove(connector);
            }

            foreach (var connector in await provisioner.ConnectorsAsync(cancellationToken))
            {
                if (!_running.ContainsKey(connector))
                {
                    _running[connector] = Task.Run(() => RunAsync(connector, cancellationToken), CancellationToken.None);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            DatabaseGone(log, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private async Task RunAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var task in await provisioner.RunDueAsync(connector, cancellationToken))
            {
                Ended(log, task.Id, task.Change.Kind, connector, task.State);
            }
        }
        catch (OperationCanceledException)
        {
            // What was being made is read first by whoever goes on with it.
        }
        catch (Exception exception)
        {
            Broke(log, connector, exception);
        }
    }

    [LoggerMessage(EventId = 1021, Level = LogLevel.Information, Message = "Change {Change} ({Kind}) of source {Connector}: {State}.")]
    private static partial void Ended(ILogger log, ProvisioningTaskId change, ChangeKind kind, ConnectorId connector, ProvisioningState state);

    [LoggerMessage(EventId = 1022, Level = LogLevel.Error, Message = "Changing source {Connector} broke.")]
    private static partial void Broke(ILogger log, ConnectorId connector, Exception exception);

    [LoggerMessage(EventId = 1023, Level = LogLevel.Warning, Message = "Looking for changes that are due: {Problem}")]
    private static partial void DatabaseGone(ILogger log, string problem);
}
