using LinqToDB;
using Watchbill.Access.Facts;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>Syncs that were asked for: done once, by one process, also after the process that did it was killed.</summary>
public sealed class SyncQueueTests
{
    [Theory]
    [EveryEngine]
    public async Task A_request_is_claimed_by_one_and_done_once(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        var request = connected.Get<RequestSync>();
        Assert.True((await request.RunAsync(connected.Connector.Id, mode: null, ConnectedOrganization.Somebody, default)).Succeeded);
        Assert.Equal("sync-already-requested", (await request.RunAsync(connected.Connector.Id, mode: null, ConnectedOrganization.Somebody, default)).Refusal?.Code);
        var queue = connected.Get<SyncQueue>();

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => queue.ClaimAsync(default)));
        var claim = Assert.Single(claims, static claim => claim is not null)!;
        var run = await queue.RunAsync(claim, default);

        Assert.Equal(SyncRunState.Succeeded, run.Value.State);
        Assert.Null(await queue.ClaimAsync(default));
        Assert.Null((await connected.Get<ConnectorStandings>().WatchAsync(connected.Connector.Id, Caller.System, default)).Value.RequestedAt);
    }

    [Theory]
    [EveryEngine]
    public async Task What_a_killed_process_held_is_taken_up_and_continued(TestEngine engine)
    {
        await using var connected = await ConnectedOrganization.StartAsync(engine: engine);
        await connected.Get<RequestSync>().RunAsync(connected.Connector.Id, mode: null, ConnectedOrganization.Somebody, default);
        await connected.Get<SyncQueue>().ClaimAsync(default);
        var lease = await connected.Get<RunBook>().StartAsync((await connected.Get<ConnectorStore>().FindAsync(connected.Connector.Id, default))!, asked: null, default);
        await PretendKilledAsync(connected);

        var claim = await connected.Get<SyncQueue>().ClaimAsync(default);
        var run = await connected.Get<SyncQueue>().RunAsync(claim!, default);

        Assert.Equal(SyncRunState.Succeeded, run.Value.State);
        Assert.NotEqual(lease.Value.Lease.Run, run.Value.Id);
        Assert.Equal(ConnectorState.Connected, (await connected.ReadConnectorAsync()).State);
        Assert.NotEmpty(await connected.OpenAsync<MemberFact>());
    }

    [Fact]
    public async Task A_run_that_nobody_asked_for_again_is_taken_up_too()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        await connected.Get<RunBook>().StartAsync((await connected.Get<ConnectorStore>().FindAsync(connected.Connector.Id, default))!, asked: null, default);
        var queue = connected.Get<SyncQueue>();
        await queue.TakeUpOrphansAsync(default);
        Assert.Null(await queue.ClaimAsync(default));

        await PretendKilledAsync(connected);
        await queue.TakeUpOrphansAsync(default);

        Assert.Equal(SyncRunState.Succeeded, (await queue.RunAsync((await queue.ClaimAsync(default))!, default)).Value.State);
    }

    [Fact]
    public async Task A_stop_marks_nothing_as_failed_and_leaves_the_request_for_the_next_process()
    {
        await using var connected = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 200, Teams: 60, Projects: 20, AuditRows: 10));
        await connected.SyncAsync();
        await connected.Get<RequestSync>().RunAsync(connected.Connector.Id, mode: null, ConnectedOrganization.Somebody, default);
        var queue = connected.Get<SyncQueue>();
        var claim = await queue.ClaimAsync(default);
        connected.Server.Latency = TimeSpan.FromMilliseconds(200);
        using var stop = new CancellationTokenSource();
        var running = queue.RunAsync(claim!, stop.Token);
        while ((await connected.ReadConnectorAsync()).State is not ConnectorState.Syncing)
        {
            await Moment.PassAsync();
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(ConnectorState.Connected, (await connected.ReadConnectorAsync()).State);
        Assert.NotNull(await queue.ClaimAsync(default));
    }

    [Fact]
    public async Task How_far_a_run_is_can_be_read_by_everybody()
    {
        await using var connected = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 200, Teams: 60, Projects: 20, AuditRows: 10));
        connected.Server.Latency = TimeSpan.FromMilliseconds(400);
        var running = connected.SyncAsync();
        SyncRun? seen = null;
        while (!running.IsCompleted && seen is not { Phase: not null, Requests: > 0 })
        {
            seen = (await connected.Get<ConnectorStandings>().WatchAsync(connected.Connector.Id, Caller.System, default)).Value.LastRun;
            await Moment.PassAsync();
        }

        Assert.Equal(SyncRunState.Succeeded, (await running).State);
        Assert.Equal("reading", seen?.Phase);
        Assert.Null((await connected.Get<ConnectorStandings>().WatchAsync(connected.Connector.Id, Caller.System, default)).Value.LastRun?.Phase);
    }

    /// <summary>As if the process that holds everything were gone: its number belongs to nobody.</summary>
    private static async Task PretendKilledAsync(ConnectedOrganization connected)
    {
        var dead = $"{ProcessName.Current().Split('/')[0]}/{int.MaxValue}/1";
        await using var connection = connected.Get<Database>().Open();
        await connection.GetTable<SyncRunRow>().Set(row => row.Owner, dead).UpdateAsync();
        await connection.GetTable<SyncRequestRow>().Set(row => row.Owner, dead).UpdateAsync();
    }
}
