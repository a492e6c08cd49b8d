using Watchbill.Cli.Tests;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

[assembly: AssemblyFixture(typeof(SyncedOrganization))]

namespace Watchbill.Cli.Tests;

/// <summary>A small simulated organization, read once; for tests that only ask.</summary>
public sealed class SyncedOrganization : IAsyncLifetime
{
    private readonly CommandLine _line = new();

    internal string Database => _line.DatabaseFile;

    internal Organization Organization { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small, Clock = new StillClock() }, TestContext.Current.CancellationToken);
        Organization = server.World.Organization("acme");
        var connected = await Connections.ConnectAsync(_line, server);
        Assert.Equal(ExitCode.Ok, connected.ExitCode);
        var synced = await _line.RunAsync("sync");
        Assert.True(synced.ExitCode is ExitCode.Ok, synced.All);
    }

    public ValueTask DisposeAsync()
    {
        _line.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Asks this organization's database.</summary>
    internal Task<Finished> AskAsync(params string[] args) => AskAsync(100_000, args);

    internal async Task<Finished> AskAsync(int width, params string[] args)
    {
        using var line = new CommandLine { Width = width };
        line.Variables[GlobalOptions.DatabaseVariable] = Database;
        return await line.RunAsync(args);
    }

    /// <summary>Generates the same organization whatever the day is.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
