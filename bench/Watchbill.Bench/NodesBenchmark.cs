using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Bench.Simulated;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Bench;

/// <summary>
/// A thousand organizations, read by one, two and three servers on one PostgreSQL. What a read costs the servers and what it costs the database are told apart, because servers are
/// added and the database is not: its share says where it becomes the limit. Servers, database and simulated Sentrys share the machine's cores.
/// </summary>
internal sealed class NodesBenchmark(BenchOptions options, Report report)
{
    public const int Connectors = 1_000;
    public const int MostNodes = 3;

    /// <summary>So many organizations one server reads side by side.</summary>
    public const int SideBySide = 16;

    public static readonly BenchSize Organization = new(20, 4, 6);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    /// <summary>Checks are due again two minutes after the reads before, and take a while.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(4);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        await using var database = await BenchPostgres.CreateAsync(cancellationToken);
        await using var sentries = await SimulatedSentries.StartAsync(Connectors, Organization, cancellationToken);
        Console.Error.WriteLine($"  {Connectors} simulated Sentrys");
        var address = DatabaseAddress.Parse(database.Address);
        Migrator.Migrate(address);
        await using var services = new ServiceCollection().AddWatchbill(address, workspace.KeyFolder).AddSingleton(new PublicAddress(new Uri("http://127.0.0.1"))).BuildServiceProvider();
        var connectors = await ConnectAsync(services, sentries, cancellationToken);
        Console.Error.WriteLine("  connected");

        var first = await ReadAsync((services, database, workspace), connectors, SyncMode.Full, MostNodes, cancellationToken);
        Tell("First read of all", first, MostNodes);
        await CheckAllAsync(database, workspace, cancellationToken);
        List<Reading> quiet = [];
        for (var nodes = 1; nodes <= MostNodes; nodes++)
        {
            quiet.Add(await ReadAsync((services, database, workspace), connectors, mode: null, nodes, cancellationToken));
            Tell("Quiet read of all", quiet[^1], nodes);
        }

        TellLimits(quiet);
        await TellIdleAsync(database, workspace, cancellationToken);
    }

    /// <summary>What was read is checked soon afterwards: nothing of it may be left to do when quiet reads are measured.</summary>
    private async Task CheckAllAsync(BenchPostgres database, Workspace workspace, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(options, workspace, database, MostNodes, cancellationToken);
        var (cpu, before, clock) = (cluster.Cpu, await database.CountAsync(cancellationToken), Stopwatch.StartNew());
        while (await database.CheckedAsync(cancellationToken) < Connectors)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }

        Tell("Checks of those that were not checked meanwhile,", new Reading(clock.Elapsed, cluster.Cpu - cpu, await database.CountAsync(cancellationToken) - before, Failed: 0), MostNodes);
    }

    private static async Task<IReadOnlyList<ConnectorId>> ConnectAsync(IServiceProvider services, SimulatedSentries sentries, CancellationToken cancellationToken)
    {
        var connectors = new ConnectorId[sentries.All.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, connectors.Length, parallel, async (number, stop) =>
        {
            var sentry = sentries.All[number];
            var input = new ConnectInput
            {
                Name = $"bench-{number}",
                Address = sentry.Address.AbsoluteUri,
                OrganizationSlug = sentry.Organization,
                Token = sentry.Token,
                Schedule = SyncSchedule.ByHand,
                BudgetShare = 1,
                AllowPrivateNetworks = true,
            };
            connectors[number] = (await services.GetRequiredService<ConnectSentry>().RunAsync(input, saveAnyway: false, Caller.System, stop)).Value.Connector.Id;
        });
        return connectors;
    }

    /// <summary>Asks for a read of every organization and waits until none is left to do.</summary>
    private async Task<Reading> ReadAsync(
        (IServiceProvider Services, BenchPostgres Database, Workspace Workspace) scene, IReadOnlyList<ConnectorId> connectors, SyncMode? mode, int nodes, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(options, scene.Workspace, scene.Database, nodes, cancellationToken);
        var (cpu, before) = (cluster.Cpu, await scene.Database.CountAsync(cancellationToken));
        var clock = Stopwatch.StartNew();
        foreach (var connector in connectors)
        {
            await scene.Services.GetRequiredService<RequestSync>().RunAsync(connector, mode, Caller.System, cancellationToken);
        }

        while (await scene.Database.WaitingAsync(cancellationToken) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }

        var (took, after) = (clock.Elapsed, await scene.Database.CountAsync(cancellationToken));
        var failed = await scene.Database.FailedAsync(cancellationToken);
        return new Reading(took, cluster.Cpu - cpu, after - before, failed);
    }

    private async Task TellIdleAsync(BenchPostgres database, Workspace workspace, CancellationToken cancellationToken)
    {
        await using var cluster = await BenchCluster.StartAsync(options, workspace, database, MostNodes, cancellationToken);
        await Task.Delay(Settles, TimeProvider.System, cancellationToken);
        var (cpu, before) = (cluster.Cpu, await database.CountAsync(cancellationToken));
        await Task.Delay(Idle, TimeProvider.System, cancellationToken);
        var used = await database.CountAsync(cancellationToken) - before;
        var perNode = used.Transactions / Idle.TotalSeconds / MostNodes;
        report.Add(new("A server that has nothing to do: transactions a second", $"{perNode:0.0}", "", perNode, Target: null));
        report.Add(new("A server that has nothing to do: CPU of PostgreSQL", $"{used.Cpu / Idle / MostNodes:0.0%} of a core", "", used.Cpu / Idle / MostNodes, Target: null));
        report.Add(new("A server that has nothing to do: its own CPU", $"{(cluster.Cpu - cpu) / Idle / MostNodes:0.0%} of a core", "", (cluster.Cpu - cpu) / Idle / MostNodes, Target: null));
    }

    private void Tell(string what, Reading reading, int nodes)
    {
        var name = $"{what} by {nodes} {(nodes == 1 ? "server" : "servers")}";
        report.Add(new(name, $"{reading.Took.TotalSeconds:0.0} s, {Connectors / reading.Took.TotalSeconds:0.0} a second", "", reading.Took.TotalSeconds, Target: null));
        report.Add(new($"{name}: runs that failed", $"{reading.Failed}", "0", reading.Failed, 0, IsCount: true));
        report.Add(new($"{name}: servers' CPU for one", $"{reading.Cpu.TotalMilliseconds / Connectors:0.0} ms", "", reading.Cpu.TotalMilliseconds / Connectors, Target: null));
        report.Add(new($"{name}: PostgreSQL for one", Used(reading), "", reading.Used.Cpu.TotalMilliseconds / Connectors, Target: null));
    }

    private static string Used(Reading reading) => string.Create(
        CultureInfo.InvariantCulture,
        $"{reading.Used.Cpu.TotalMilliseconds / Connectors:0.0} ms of CPU, {(double)reading.Used.Transactions / Connectors:0} transactions, {reading.Used.LogBytes / 1024.0 / Connectors:0.0} kB of log");

    /// <summary>What the costs say of larger machines.</summary>
    private void TellLimits(IReadOnlyList<Reading> quiet)
    {
        var database = quiet.Min(static reading => reading.Used.Cpu) / Connectors;
        var server = quiet.Min(static reading => reading.Cpu) / Connectors;
        report.Add(new("Organizations that one core of PostgreSQL carries, read every hour", $"{TimeSpan.FromHours(1) / database:N0}", "", TimeSpan.FromHours(1) / database, Target: null));
        report.Add(new("Organizations that one core of servers carries, read every hour", $"{TimeSpan.FromHours(1) / server:N0}", "", TimeSpan.FromHours(1) / server, Target: null));
        report.Add(new("Cores of servers that one core of PostgreSQL serves", $"{server / database:0.0}", "", server / database, Target: null));
    }

    /// <summary>What reading all organizations took.</summary>
    private sealed record Reading(TimeSpan Took, TimeSpan Cpu, DatabaseUse Used, int Failed);
}
