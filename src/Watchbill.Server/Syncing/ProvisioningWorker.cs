using Microsoft.Extensions.Logging;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>Makes the changes in Sentry that are due; those of one organization one after the other.</summary>
internal sealed partial class ProvisioningWorker(Provisioner provisioner, TimeProvider clock, ILogger<ProvisioningWorker> log)
    : ConnectorWorker(TimeSpan.FromSeconds(1), int.MaxValue, clock)
{
    protected override Task<IReadOnlyList<ConnectorId>> DueAsync(CancellationToken cancellationToken) => provisioner.ConnectorsAsync(cancellationToken);

    protected override async Task DoAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        foreach (var task in await provisioner.RunDueAsync(connector, cancellationToken))
        {
            Ended(log, task.Id, task.Change.Kind, connector, task.State);
        }
    }

    protected override void OnBroken(ConnectorId connector, Exception exception) => Broke(log, connector, exception);

    protected override void OnUnreadable(Exception exception) => DatabaseGone(log, exception.Message);

    [LoggerMessage(EventId = 1021, Level = LogLevel.Information, Message = "Change {Change} ({Kind}) of source {Connector}: {State}.")]
    private static partial void Ended(ILogger log, ProvisioningTaskId change, ChangeKind kind, ConnectorId connector, ProvisioningState state);

    [LoggerMessage(EventId = 1022, Level = LogLevel.Error, Message = "Changing source {Connector} broke.")]
    private static partial void Broke(ILogger log, ConnectorId connector, Exception exception);

    [LoggerMessage(EventId = 1023, Level = LogLevel.Warning, Message = "Looking for changes that are due: {Problem}")]
    private static partial void DatabaseGone(ILogger log, string problem);
}
