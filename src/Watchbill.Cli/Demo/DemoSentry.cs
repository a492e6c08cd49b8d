using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Demo;

/// <summary>The simulated Sentry of the demonstration; it ends with the process.</summary>
internal sealed class DemoSentry : IAsyncDisposable
{
    /// <summary>The organization's slug.</summary>
    public const string OrganizationSlug = "acme";

    private const string Reader = "Access Auditor";

    private readonly SimulatorServer _server;

    private DemoSentry(SimulatorServer server) => _server = server;

    public Uri Address => _server.BaseAddress;

    /// <summary>The token of the integration that a careful administrator would have made for this: it can read and nothing else.</summary>
    public string Token => _server.World.Tokens.First(token => token.App?.Name == Reader && token.Organization?.Slug == OrganizationSlug).Value;

    /// <summary>Makes the organization as its history says, and listens.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DemoSentry> StartAsync(DemoHistory history, TimeProvider real, CancellationToken cancellationToken)
    {
        var clock = new DemoClock(real);
        clock.StandAt(history.GeneratedAt);
        var server = await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                Port = history.Port,
                OrganizationSlug = OrganizationSlug,
                Latency = TimeSpan.FromMilliseconds(15),
                RateLimit = RateLimit.Observed,
                Clock = clock,
            },
            cancellationToken);
        var organization = server.World.Organization(OrganizationSlug);
        foreach (var (index, day) in history.Days.Index())
        {
            clock.StandAt(day);
            new DemoDay(organization, index + 1).Happen();
        }

        clock.StandAt(null);
        return new DemoSentry(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
