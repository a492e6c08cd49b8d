using Watchbill.Connectors;
using Watchbill.Connectors.Preflight;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Tests.Connectors;

/// <summary>Who may do what is decided in the use case, whatever page or address leads to it.</summary>
public sealed class ConnectorRightsTests
{
    private static readonly Caller Nobody = new(new Kernel.Actor(ActorKind.Account, "1"), []);
    private static readonly Caller Reader = new(new Kernel.Actor(ActorKind.Account, "2"), RoleRights.Of(Role.Auditor));

    [Fact]
    public async Task Whoever_may_only_read_changes_nothing()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        var connector = connected.Connector;
        var manage = connected.Get<ManageConnector>();
        var input = new ConnectInput { Name = "Other", Address = "sentry.io", OrganizationSlug = "acme", Token = connected.Token };

        Refusal?[] refusals =
        [
            (await connected.Get<ConnectSentry>().RunAsync(input, saveAnyway: true, Reader, default)).Refusal,
            (await connected.Get<PreflightCheck>().RunAsync(new PreflightRequest("sentry.io", "acme", connected.Token, false), Reader, default)).Refusal,
            (await manage.PauseAsync(connector, Reader, default)).Refusal,
            (await manage.ResumeAsync(connector, Reader, default)).Refusal,
            (await manage.RotateTokenAsync(connector, connected.Token, Reader, default)).Refusal,
            (await manage.RemoveAsync(connector, Reader, default)).Refusal,
            (await connected.Get<SyncOrganization>().RunAsync(connector.Id, SyncMode.Full, Reader, progress: null, default)).Refusal,
            (await connected.Get<DecideHeldRun>().ConfirmAsync(new SyncRunId(1), Reader, default)).Refusal,
            (await connected.Get<DecideHeldRun>().RejectAsync(new SyncRunId(1), "Because", Reader, default)).Refusal,
        ];

        Assert.All(refusals, static refusal => Assert.Equal("right-missing", refusal?.Code));
        Assert.Equal(ConnectorState.NotConnected, (await connected.ReadConnectorAsync()).State);
    }

    [Fact]
    public async Task Whoever_may_not_read_learns_nothing()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        var run = await connected.SyncAsync();
        var queries = connected.Get<ConnectorQueries>();

        Refusal?[] refusals =
        [
            (await queries.ListAsync(Nobody, default)).Refusal,
            (await queries.FindAsync("Acme", Nobody, default)).Refusal,
            (await queries.FindAsync(connected.Connector.Id, Nobody, default)).Refusal,
            (await queries.RunsAsync(connected.Connector.Id, 10, Nobody, default)).Refusal,
            (await queries.RunAsync(run.Id, Nobody, default)).Refusal,
            (await queries.ScopesAsync(run.Id, Nobody, default)).Refusal,
            (await queries.DifferenceAsync(run.Id, Nobody, default)).Refusal,
            (await connected.Get<PredictSync>().RunAsync(connected.Connector.Id, Nobody, default)).Refusal,
        ];

        Assert.All(refusals, static refusal => Assert.Equal("right-missing", refusal?.Code));
        Assert.True((await queries.FindAsync("Acme", Reader, default)).Succeeded);
    }
}
