using Watchbill.Connectors;

namespace Watchbill.Tests.Connectors;

/// <summary>Whoever watches a connector is told of what changes, and of nothing else.</summary>
public sealed class ConnectorStandingTests
{
    [Fact]
    public async Task What_is_read_again_and_has_not_changed_says_the_same()
    {
        await using var connected = await ConnectedOrganization.StartAsync();
        await connected.SyncAsync();

        var first = await ReadAsync(connected);
        var again = await ReadAsync(connected);
        await connected.Get<ManageConnector>().PauseAsync(connected.Connector, ConnectedOrganization.Somebody, default);
        var paused = await ReadAsync(connected);

        Assert.NotEmpty(first.Connector.BlindSpots);
        Assert.True(again.SaysTheSameAs(first));
        Assert.False(paused.SaysTheSameAs(first));
        Assert.False(first.SaysTheSameAs(null));
    }

    private static async Task<ConnectorStanding> ReadAsync(ConnectedOrganization connected) =>
        (await connected.Get<ConnectorStandings>().WatchAsync(connected.Connector.Id, ConnectedOrganization.Somebody, default)).Value;
}
