using System.Globalization;
using Watchbill.Bench.Simulated;

namespace Watchbill.Bench;

/// <summary>
/// Measures Watchbill against a stated ideal. Called by <c>bench/run</c>; the words <c>simulator</c> and <c>nothing</c> are for the
/// processes it starts itself.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        return args switch
        {
            ["nothing"] => 0,
            ["organizations", var many, .. var sizes] => await SimulatorChild.RunManyAsync(int.Parse(many, CultureInfo.InvariantCulture), BenchSize.Parse(sizes), stop.Token),
            ["simulator", .. var sizes] => await SimulatorChild.RunAsync(BenchSize.Parse(sizes), stop.Token),
            _ => await MeasureAsync(BenchOptions.Parse(args), stop.Token),
        };
    }

    private static async Task<int> MeasureAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(options);
        if (options.HistoryRuns is { } runs)
        {
            await new HistoryBenchmark(runs, options, report).RunAsync(cancellationToken);
            return await EndAsync(report, options, cancellationToken);
        }

        if (options.IsGrants)
        {
            await new GrantBenchmark(report).RunAsync(cancellationToken);
            return await EndAsync(report, options, cancellationToken);
        }

        if (options.IsChecks)
        {
            await new CheckBenchmark(report).RunAsync(cancellationToken);
            return await EndAsync(report, options, cancellationToken);
        }

        if (options.IsLoad)
        {
            await new LoadBenchmark(options, report).RunAsync(cancellationToken);
            return await EndAsync(report, options, cancellationToken);
        }

        if (options.IsNodes)
        {
            await new NodesBenchmark(options, report).RunAsync(cancellationToken);
            return await EndAsync(report, options, cancellationToken);
        }

        await using (var simulator = await SimulatedSentry.StartAsync(options.Size, cancellationToken))
        {
            using var workspace = new Workspace();
            var sync = new SyncBenchmark(options, simulator, workspace, report);
            if (options.IsPages)
            {
                await sync.FillAsync(cancellationToken);
                await new ServerBenchmark(options, simulator.Welcome, workspace, report).RunAsync(cancellationToken);
                return await EndAsync(report, options, cancellationToken);
            }

            await sync.RunAsync(cancellationToken);
            await new AccessBenchmark(options, simulator.Welcome, workspace, report).RunAsync(cancellationToken);
            if (options.IsSmoke || options.Size == BenchSize.Full)
            {
                await new ServerBenchmark(options, simulator.Welcome, workspace, report).RunAsync(cancellationToken);
                await new PaceBenchmark(options, simulator, report).RunAsync(cancellationToken);
            }
        }

        return await EndAsync(report, options, cancellationToken);
    }

    private static async Task<int> EndAsync(Report report, BenchOptions options, CancellationToken cancellationToken)
    {
        report.Print(Console.Out);
        if (options.ResultsPath is { } path)
        {
            await File.WriteAllTextAsync(path, report.ToMarkdown(), cancellationToken);
        }

        return report.Fails(onlyCounts: options.IsSmoke) ? 1 : 0;
    }
}
