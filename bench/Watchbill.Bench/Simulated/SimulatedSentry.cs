using System.Diagnostics;
using System.Text.Json;

namespace Watchbill.Bench.Simulated;

/// <summary>The simulator in a process of its own.</summary>
internal sealed class SimulatedSentry : IAsyncDisposable
{
    private readonly Process _process;

    private SimulatedSentry(Process process, Welcome welcome)
    {
        _process = process;
        Welcome = welcome;
    }

    public Welcome Welcome { get; }

    public static async Task<SimulatedSentry> StartAsync(BenchSize size, CancellationToken cancellationToken)
    {
        var start = Self.Start("simulator", $"{size.Members}", $"{size.Teams}", $"{size.Projects}");
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The simulator did not start.");
        return new SimulatedSentry(process, JsonSerializer.Deserialize(line, MessageJson.Default.Welcome)!);
    }

    /// <summary>What it was asked since the last call.</summary>
    public async Task<Asked> TakeAskedAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("asked".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The simulator ended.");
        return JsonSerializer.Deserialize(line, MessageJson.Default.Asked)!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
