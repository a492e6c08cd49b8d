using System.Diagnostics;

namespace Watchbill.Bench;

/// <summary>What one process cost from its start to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Wall">From start to end.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakMemory">The largest resident set, in bytes.</param>
/// <param name="Output">Its standard output.</param>
internal sealed record MeasuredProcess(int ExitCode, TimeSpan Wall, TimeSpan Cpu, long PeakMemory, string Output)
{
    /// <summary>CPU and memory are looked up so often while it runs; what it does in the very last moment is not seen.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    public static async Task<MeasuredProcess> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var cost = WatchAsync(process, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var wall = clock.Elapsed;
        var (cpu, peak) = await cost;
        return new MeasuredProcess(process.ExitCode, wall, cpu, peak, await output);
    }

    /// <summary>The output of a process that must end well.</summary>
    public MeasuredProcess Expect(int exitCode) =>
        ExitCode == exitCode ? this : throw new InvalidOperationException($"A measured process ended with {ExitCode} instead of {exitCode}: {Output}");

    private static async Task<(TimeSpan Cpu, long Peak)> WatchAsync(Process process, CancellationToken cancellationToken)
    {
        var cpu = TimeSpan.Zero;
        var peak = 0L;
        try
        {
            while (!process.HasExited)
            {
                process.Refresh();
                (cpu, peak) = (process.TotalProcessorTime, Math.Max(peak, process.PeakWorkingSet64));
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended between two glances.
        }

        return (cpu, peak);
    }
}
