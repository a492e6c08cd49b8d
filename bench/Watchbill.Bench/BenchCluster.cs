using System.Diagnostics;
using System.Globalization;

namespace Watchbill.Bench;

/// <summary>Published servers on one database, each in a process of its own.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private readonly IReadOnlyList<Process> _nodes;

    private BenchCluster(IReadOnlyList<Process> nodes) => _nodes = nodes;

    /// <summary>What all of them have used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var sum = TimeSpan.Zero;
            foreach (var node in _nodes)
            {
                node.Refresh();
                sum += node.TotalProcessorTime;
            }

            return sum;
        }
    }

    public static async Task<BenchCluster> StartAsync(BenchOptions options, Workspace workspace, BenchPostgres database, int nodes, CancellationToken cancellationToken)
    {
        List<Process> started = [];
        for (var number = 0; number < nodes; number++)
        {
            var start = Self.Dotnet([options.CommandLine, "serve", "--no-evidence", "--listen", "http://127.0.0.1:0", "--database", database.Address, "--key-folder", workspace.KeyFolder]);
            start.Environment["WATCHBILL_PARALLEL_SYNCS"] = NodesBenchmark.SideBySide.ToString(CultureInfo.InvariantCulture);
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            var process = Process.Start(start)!;
            started.Add(process);
            process.ErrorDataReceived += static (_, told) =>
            {
                if (told.Data is { } line && (line.Contains("fail:", StringComparison.Ordinal) || line.Contains("warn:", StringComparison.Ordinal)))
                {
                    Console.Error.WriteLine($"    server: {line}");
                }
            };
            process.BeginErrorReadLine();
            _ = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("A server said nothing.");
        }

        // Background work begins two seconds after the start.
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, cancellationToken);
        return new BenchCluster(started);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Kill();
        }

        foreach (var node in _nodes)
        {
            await node.WaitForExitAsync();
            node.Dispose();
        }
    }
}
