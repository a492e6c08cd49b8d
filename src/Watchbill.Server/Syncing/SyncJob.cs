using Quartz;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Server.Syncing;

/// <summary>What a schedule does when its time comes: it asks for a sync, or looks whether one is needed. Whoever is paused, has no token or is asked already, is left alone.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(RequestSync request, WatchAuditLog watch, ConnectorQueries connectors) : IJob
{
    /// <summary>The group of these jobs and triggers; a job is named by its connector's id.</summary>
    public const string Group = "sync";

    public static JobKey KeyOf(ConnectorId connector) => new(connector.ToString(), Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (!long.TryParse(context.JobDetail.Key.Name, out var id))
        {
            return;
        }

        var connector = await connectors.FindAsync(new ConnectorId(id), Caller.System, cancellationToken);
        if (connector is { Succeeded: true, Value.Schedule.IsLive: true })
        {
            await watch.LookAsync(new ConnectorId(id), cancellationToken);
        }
        else
        {
            await request.RunAsync(new ConnectorId(id), mode: null, Caller.System, cancellationToken);
        }
    }
}
