using Watchbill.Connectors;
using Watchbill.Operations;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;

namespace Watchbill.Console.Tests.Operations;

/// <summary>How Watchbill itself stands, on its page.</summary>
public sealed class StatusPageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task It_is_presentable_with_nothing_and_with_sources_and_processes()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await fixture.CheckAsync(served, "status-empty", "/status");
        served.Sentry.RateLimit = new RateLimit(400, TimeSpan.FromSeconds(1), 100);
        await served.ConnectAsync("An organization with a rather long name that its people chose");
        await served.ReadAsync();
        Assert.True((await served.Get<RequestSync>().RunAsync(served.Connector!.Id, mode: null, Caller.System, default)).Succeeded);
        await served.Get<NodeBook>().BeatAsync(default);

        await fixture.CheckAsync(served, "status", "/status");
    }
}
