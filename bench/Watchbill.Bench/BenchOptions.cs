using Watchbill.Bench.Simulated;

namespace Watchbill.Bench;

/// <summary>What <c>bench/run</c> was asked for.</summary>
/// <param name="CommandLine">The published command line, a .dll.</param>
/// <param name="Size">The organization that is read.</param>
/// <param name="IsSmoke">Small and quick: only counts are judged, not times.</param>
/// <param name="ResultsPath">Where the results are kept; null when nowhere.</param>
/// <param name="HistoryRuns">How many hourly runs of history to make and measure instead of everything else; null for everything else.</param>
internal sealed record BenchOptions(string CommandLine, BenchSize Size, bool IsSmoke, string? ResultsPath, int? HistoryRuns)
{
    /// <summary>Whether temporary access is measured instead of everything else.</summary>
    public bool IsGrants { get; init; }

    /// <summary>Whether checks are measured instead of everything else.</summary>
    public bool IsChecks { get; init; }

    /// <summary>Whether a full house is measured instead of everything else.</summary>
    public bool IsLoad { get; init; }

    /// <summary>Whether many servers on one database are measured instead of everything else.</summary>
    public bool IsNodes { get; init; }

    /// <summary>Whether only the console's pages are measured.</summary>
    public bool IsPages { get; init; }

    /// <summary><c>--cli PATH [--smoke | --size 1k|10k|50k | --history RUNS | --grants | --checks | --load | --nodes | --pages] [--results PATH]</c></summary>
    public static BenchOptions Parse(string[] args)
    {
        var isSmoke = args.Contains("--smoke");
        var commandLine = ValueOf(args, "--cli") ?? throw new ArgumentException("Say which command line to measure: --cli PATH. bench/run does.");
        var size = isSmoke ? BenchSize.Smoke : ValueOf(args, "--size") switch
        {
            null or "10k" => BenchSize.Full,
            "1k" => BenchSize.Small,
            "50k" => BenchSize.Large,
            var other => throw new ArgumentException($"There is no size {other}: 1k, 10k or 50k."),
        };
        var history = ValueOf(args, "--history") is { } runs ? int.Parse(runs, System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
        return new(Path.GetFullPath(commandLine), history is null ? size : BenchSize.Small, isSmoke, ValueOf(args, "--results"), history) { IsGrants = args.Contains("--grants"), IsChecks = args.Contains("--checks"), IsPages = args.Contains("--pages"), IsLoad = args.Contains("--load"), IsNodes = args.Contains("--nodes") };
    }

    /// <summary>
    /// How many times the fewest requests a sync may send. Proving that no list moved while it was read costs a few requests whatever the
    /// size: much of a small organization's, little of a large one's.
    /// </summary>
    public double MostRequests => IsSmoke || Size == BenchSize.Small ? 1.25 : 1.05;

    /// <summary>How many times the ideal time a sync may take. Starting and ending takes the same whatever the size, and a small organization is read in seconds.</summary>
    public double MostTime => IsSmoke || Size == BenchSize.Small ? 1.25 : 1.10;

    /// <summary>The most memory that reading it may take, in megabytes.</summary>
    public double MostMemory => Size == BenchSize.Large ? 500 : 200;

    /// <summary>How often a question is asked.</summary>
    public int Repetitions => IsSmoke ? 5 : 200;

    /// <summary>How often a question is asked before it is timed.</summary>
    public int WarmUps => IsSmoke ? 3 : 20;

    /// <summary>How often each page is asked for before pages are timed: a method is compiled once more after 128 calls, and a server runs for weeks.</summary>
    public int PageWarmUps => IsSmoke ? 3 : 200;

    /// <summary>How often a process is started.</summary>
    public int Starts => IsSmoke ? 2 : 15;

    /// <summary>How many requests the client is timed with.</summary>
    public int PacedRequests => IsSmoke ? 60 : 400;

    /// <summary>How many pages are asked for.</summary>
    public int PageRequests => IsSmoke ? 50 : 2000;

    private static string? ValueOf(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
