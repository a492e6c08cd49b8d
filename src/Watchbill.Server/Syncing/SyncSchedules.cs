using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Watchbill.Connectors;
using Watchbill.People;

namespace Watchbill.Server.Syncing;

/// <summary>
/// Makes the scheduler follow what the connectors say. The connector's row is the truth; the scheduler's tables are its copy, brought up to date
/// at the start and every few seconds: an edit in another process is seen here too.
/// </summary>
internal sealed partial class SyncSchedules(ISchedulerFactory factory, ConnectorQueries connectors, TimeProvider clock, ILogger<SyncSchedules> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>One after the other: what read the connectors before an edit must not write after what read them since.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Brings the scheduler's jobs up to the connectors.</summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await FollowAllAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        try
        {
            do
            {
                await TryReconcileAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task TryReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReconcileAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            NotFollowed(log, exception.Message);
        }
    }

    private async Task FollowAllAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var found = await connectors.ListAsync(Caller.System, cancellationToken);
        var wanted = found.Value.Where(static connector => connector.Schedule.CronFor(connector.Id) is not null).ToDictionary(static connector => SyncJob.KeyOf(connector.Id));
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(SyncJob.Group), cancellationToken))
        {
            if (!wanted.ContainsKey(key))
            {
                await scheduler.DeleteJob(key, cancellationToken);
            }
        }

        foreach (var (key, connector) in wanted)
        {
            await FollowAsync(scheduler, key, connector.Schedule.CronFor(connector.Id)!, cancellationToken);
        }
    }

    private async Task FollowAsync(IScheduler scheduler, JobKey key, string cron, CancellationToken cancellationToken)
    {
        var triggerKey = new TriggerKey(key.Name, key.Group);
        if (await scheduler.GetTrigger(triggerKey, cancellationToken) is ICronTrigger { CronExpressionString: var current } && current == cron)
        {
            return;
        }

        var job = JobBuilder.Create<SyncJob>().WithIdentity(key).Build();

        // The server was down when it was due: one run makes up for all that were missed.
        var trigger = TriggerBuilder.Create(clock).WithIdentity(triggerKey).ForJob(key)
            .WithCronSchedule(cron, static schedule => schedule.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, cancellationToken);
    }

    [LoggerMessage(EventId = 1006, Level = LogLevel.Warning, Message = "Schedules could not be followed: {Problem}")]
    private static partial void NotFollowed(ILogger log, string problem);
}
