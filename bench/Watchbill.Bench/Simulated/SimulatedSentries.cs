using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Watchbill.Bench.Simulated;

/// <summary>Many simulated organizations in one process of their own.</summary>
internal sealed class SimulatedSentries : IAsyncDisposable
{
    private readonly Process _process;

    private SimulatedSentries(Process process, IReadOnlyList<Welcome> all)
    {
        _process = process;
        All = all;
    }

    public IReadOnlyList<Welcome> All { get; }

    public static async Task<SimulatedSentries> StartAsync(int organizations, BenchSize size, CancellationToken cancellationToken)
    {
        var start = Self.Start("organizations", Text(organizations), Text(size.Members), Text(size.Teams), Text(size.Projects));
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        List<Welcome> all = [];
        while (all.Count < organizations)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The simulators did not start.");
            all.Add(JsonSerializer.Deserialize(line, MessageJson.Default.Welcome)!);
        }

        return new SimulatedSentries(process, all);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
