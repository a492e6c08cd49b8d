using System.Diagnostics;
using Watchbill.Bench.Simulated;

namespace Watchbill.Bench;

/// <summary>The command line reads a large organization into an empty SQLite file, then once more without a change, then only what the audit log names: nothing.</summary>
internal sealed class SyncBenchmark(BenchOptions options, SimulatedSentry sentry, Workspace workspace, Report report)
{
    private const double MegaByte = 1 << 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken);
        await SyncAsync("First sync", cancellationToken);
        await SyncAsync("Sync without changes", cancellationToken);
        await CatchUpAsync(cancellationToken);
    }

    /// <summary>Only fills the database.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken);
        (await MeasuredProcess.RunAsync(Watchbill("sync"), cancellationToken)).Expect(exitCode: 0);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(workspace.TokenFile, sentry.Welcome.Token, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(workspace.TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var connect = Watchbill(
            "connect", "--name", "bench", "--address", sentry.Welcome.Address.ToString(), "--organization", sentry.Welcome.Organization,
            "--token-file", workspace.TokenFile, "--allow-private-networks", "--budget-share", "1");
        (await MeasuredProcess.RunAsync(connect, cancellationToken)).Expect(exitCode: 0);
        await sentry.TakeAskedAsync(cancellationToken);
    }

    private async Task SyncAsync(string what, CancellationToken cancellationToken)
    {
        var process = (await MeasuredProcess.RunAsync(Watchbill("sync"), cancellationToken)).Expect(exitCode: 0);
        var asked = await sentry.TakeAskedAsync(cancellationToken);
        var fewest = FewestRequests.For(sentry.Welcome, asked);
        foreach (var (route, count) in asked.ByRoute.Where(pair => pair.Value > 1).OrderByDescending(pair => pair.Value))
        {
            await Console.Error.WriteLineAsync($"    {count} {route}");
        }

        var ideal = ((double)asked.Total / BenchSize.RequestsPerSecond) + BenchSize.Latency.TotalSeconds;
        var log = FewestRequests.OfAuditLog(asked);
        report.Add(new($"{what}: requests", $"{asked.Total - log:N0}", $"{fewest:N0}", (double)(asked.Total - log) / fewest, options.MostRequests, IsCount: true));
        report.Add(new($"{what}: requests for the audit log", $"{log:N0}", "", log, Target: null));
        report.Add(new($"{what}: refused with 429", $"{asked.Refused}", "0", asked.Refused, Target: null));
        report.Add(new($"{what}: time, whole process", $"{process.Wall.TotalSeconds:0.0} s", $"{ideal:0.0} s", process.Wall.TotalSeconds / ideal, options.MostTime));
        report.Add(new($"{what}: peak memory", $"{process.PeakMemory / MegaByte:0} MB", "", process.PeakMemory / MegaByte, options.MostMemory));
        report.Add(new($"{what}: own CPU", $"{process.Cpu.TotalSeconds:0.0} s", "", process.Cpu.TotalSeconds, 3));
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var process = (await MeasuredProcess.RunAsync(Watchbill("sync", "--incremental"), cancellationToken)).Expect(exitCode: 0);
        var asked = await sentry.TakeAskedAsync(cancellationToken);
        report.Add(new("Incremental sync without changes: requests", $"{asked.Total:N0}", "1", asked.Total, 3, IsCount: true));
        report.Add(new("Incremental sync without changes: time, whole process", $"{process.Wall.TotalSeconds:0.0} s", "", process.Wall.TotalSeconds, Target: null));
    }

    private ProcessStartInfo Watchbill(params string[] arguments) => CommandLine.Start(options, workspace, arguments);
}
