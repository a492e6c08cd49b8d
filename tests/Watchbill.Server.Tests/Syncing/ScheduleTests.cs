using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Quartz;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Server.Syncing;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Syncing;

/// <summary>Schedules: the connector's row is the truth, the scheduler follows it and asks for syncs in time.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [EveryEngine]
    public async Task When_its_time_comes_a_sync_is_asked_for(TestEngine engine)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        await using var served = await ServedOrganization.StartAsync(engine: engine, syncs: true, configure: services => services.AddSingleton<TimeProvider>(clock));
        await served.ConnectAsync();
        await ScheduleAsync(served, "daily-at-14");
        await served.Get<SyncSchedules>().ReconcileAsync(default);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 14, 0, 0, TimeSpan.Zero), (await TriggerAsync(served))?.NextFireTimeUtc);

        clock.Advance(TimeSpan.FromMinutes(119));
        Assert.False(await WasAskedAsync(served));
        clock.Advance(TimeSpan.FromMinutes(2));

        while (!await WasAskedAsync(served))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Moment.PassAsync();
        }
    }

    [Fact]
    public async Task A_live_source_is_looked_at_every_minute()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 12, 0, 10, TimeSpan.Zero));
        await using var served = await ServedOrganization.StartAsync(syncs: true, configure: services => services.AddSingleton<TimeProvider>(clock));
        await served.ConnectAsync();
        await ScheduleAsync(served, "live");
        await served.Get<SyncSchedules>().ReconcileAsync(default);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 12, 1, 0, TimeSpan.Zero), (await TriggerAsync(served))?.NextFireTimeUtc);

        // Nothing was read yet: the first look asks for a full run.
        while (!await WasAskedAsync(served))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Moment.PassAsync();
        }
    }

    [Theory]
    [EveryEngine]
    public async Task The_scheduler_follows_edits_and_removals(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine, syncs: true);
        await served.ConnectAsync();
        var schedules = served.Get<SyncSchedules>();
        await schedules.ReconcileAsync(default);
        Assert.NotNull(await TriggerAsync(served));

        await ScheduleAsync(served, "cron:30 4 * * 1-5");
        await schedules.ReconcileAsync(default);
        Assert.Equal("0 30 4 ? * MON-FRI", ((ICronTrigger)(await TriggerAsync(served))!).CronExpressionString);

        await ScheduleAsync(served, "manual");
        await schedules.ReconcileAsync(default);
        Assert.Null(await TriggerAsync(served));
    }

    [Fact]
    public async Task What_was_asked_for_is_done_by_the_server()
    {
        await using var served = await ServedOrganization.StartAsync(syncs: true);
        await served.ConnectAsync();

        await served.Get<RequestSync>().RunAsync(served.Connector!.Id, mode: null, Caller.System, default);

        while (await StateAsync(served) is not ConnectorState.Connected)
        {
            await Moment.PassAsync();
        }
    }

    private static async Task<ConnectorState> StateAsync(ServedOrganization served) =>
        (await served.Get<ConnectorStandings>().WatchAsync(served.Connector!.Id, Caller.System, default)).Value.Connector.State;

    private static async Task<bool> WasAskedAsync(ServedOrganization served) =>
        (await served.Get<ConnectorStandings>().WatchAsync(served.Connector!.Id, Caller.System, default)).Value is { RequestedAt: not null } or { LastRun: not null };

    private static async Task ScheduleAsync(ServedOrganization served, string schedule)
    {
        var now = (await served.Get<ConnectorQueries>().FindAsync(served.Connector!.Id, Caller.System, default)).Value;
        var details = new ConnectorDetails
        {
            Name = now.Name,
            Address = now.Address.AbsoluteUri,
            OrganizationSlug = now.OrganizationSlug,
            BudgetShare = now.BudgetShare,
            AllowPrivateNetworks = now.AllowPrivateNetworks,
            Schedule = schedule,
        };
        Assert.True((await served.Get<EditConnector>().RunAsync(new ConnectorEdit(now.Id, now.Version, details), Caller.System, default)).Succeeded);
    }

    private static async Task<ITrigger?> TriggerAsync(ServedOrganization served) =>
        await (await served.Get<ISchedulerFactory>().GetScheduler()).GetTrigger(new TriggerKey(served.Connector!.Id.ToString(), SyncJob.Group));
}
