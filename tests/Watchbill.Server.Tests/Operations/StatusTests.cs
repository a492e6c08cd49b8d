using System.Net;
using Watchbill.Connectors;
using Watchbill.Operations;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Operations;

/// <summary>How Watchbill itself stands.</summary>
public sealed class StatusTests
{
    [Theory, EveryEngine]
    public async Task It_tells_what_waits_the_processes_the_size_and_the_sources(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine);
        await served.ConnectAsync();
        Assert.True((await served.Get<RequestSync>().RunAsync(served.Connector!.Id, mode: null, Caller.System, default)).Succeeded);
        await served.Get<NodeBook>().BeatAsync(default);

        var status = ServedPeople.Must(await served.Get<ReadStatus>().RunAsync(Caller.System, default));

        Assert.Equal(Enum.GetValues<WorkQueue>(), status.Queues.Select(static queue => queue.Queue));
        var syncs = status.Queues.Single(static queue => queue.Queue is WorkQueue.Syncs);
        Assert.Equal((1, false), (syncs.Count, syncs.IsLate));
        Assert.NotNull(syncs.Since);
        Assert.True(status.Queues.Single(static queue => queue.Queue is WorkQueue.UnsealedEvents).Count > 0);
        var node = Assert.Single(status.Nodes);
        Assert.Equal((true, NodeBook.ThisVersion), (node.IsAlive, node.Version));
        Assert.True(status.StoreBytes > 100_000);
        Assert.Equal((engine is TestEngine.Sqlite ? "sqlite" : "postgresql", "Acme"), (status.Engine, Assert.Single(status.Sources).Name));

        await served.Get<NodeBook>().LeaveAsync(default);
        Assert.Empty(ServedPeople.Must(await served.Get<ReadStatus>().RunAsync(Caller.System, default)).Nodes);
    }

    [Fact]
    public async Task Only_whoever_manages_sources_sees_it()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var auditor = served.Client(Role.Auditor);
        using var administrator = served.Client(Role.IntegrationAdministrator);

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/status")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/api/v1/status")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/status")).StatusCode);
    }
}
