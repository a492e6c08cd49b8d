using System.Runtime.InteropServices;
using System.Text;

namespace Watchbill.Bench;

/// <summary>One measured number beside what it is compared with.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The number, with its unit.</param>
/// <param name="Ideal">What it is compared with, with its unit; empty when it is judged as it is.</param>
/// <param name="Ratio">Measured over ideal, or the bare number in the target's unit.</param>
/// <param name="Target">The most it may be; null when it is only told.</param>
/// <param name="IsCount">Whether it is the same on every machine.</param>
internal sealed record Measurement(string What, string Measured, string Ideal, double Ratio, double? Target, bool IsCount = false)
{
    public bool Misses => Ratio > Target;
}

/// <summary>Everything that was measured.</summary>
internal sealed class Report(BenchOptions options)
{
    private readonly List<Measurement> _measurements = [];

    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        Console.Error.WriteLine($"  {measurement.What}: {measurement.Measured}");
    }

    /// <summary>Whether a target was missed. Times are not judged where the machine is anybody's guess.</summary>
    public bool Fails(bool onlyCounts) => _measurements.Any(measurement => measurement.Misses && (measurement.IsCount || !onlyCounts));

    public void Print(TextWriter output) => output.WriteLine(Table());

    public string ToMarkdown() => options.IsChecks ? CheckMarkdown() : options.IsLoad ? LoadMarkdown() : options.IsNodes ? NodesMarkdown() : options.IsGrants ? GrantMarkdown() : options.HistoryRuns is { } runs ? HistoryMarkdown(runs) : SyncMarkdown();

    private string CheckMarkdown() =>
        $"""
        # Results of checks

        Made by `bench/run --checks` on {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()},
        .NET {Environment.Version}; SQLite. All 94 checks over 10,000 members, 5,000 projects and 1,000,000 lines of Sentry's audit log, of which one in twenty is to be looked at.
        Then 100,000 audit events are put into the evidence log, and the log is computed anew and compared with its checkpoints and with the events.
        At last an evidence pack of all of it is made, and verified as a stranger does; beside that stands what reading the file and taking its hash takes.

        {Table()}
        """;

    private string LoadMarkdown() =>
        $"""
        # Results with a full house

        Made by `bench/run --load` on {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()},
        .NET {Environment.Version}; one server on SQLite. {LoadBenchmark.People} people, each signed in with an account of their own, open a page every {LoadBenchmark.Thinks.TotalSeconds:0} seconds for two minutes, while {LoadBenchmark.Connectors} organizations
        are to be read, four at a time. The server, the simulated Sentrys and the readers share the machine: times are upper bounds.

        {Table()}
        """;

    private string NodesMarkdown() =>
        $"""
        # Results of many servers on one PostgreSQL

        Made by `bench/run --nodes` on {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()},
        .NET {Environment.Version}. {NodesBenchmark.Connectors:N0} organizations of {NodesBenchmark.Organization}, each a simulated Sentry with limits of its own that answers after 100 ms; each server reads {NodesBenchmark.SideBySide} side by side.
        Servers, PostgreSQL (without waiting for the disk) and simulated Sentrys share these cores, so more servers do not read faster here: what one read costs is what carries over to other machines.

        {Table()}
        """;

    private string GrantMarkdown() =>
        $"""
        # Results of temporary access

        Made by `bench/run --grants` on {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()},
        .NET {Environment.Version}; SQLite, and a simulated Sentry in the same process that answers after {GrantBenchmark.Latency.TotalMilliseconds:0} ms. A server looks every second for what is due, and for what is to be
        changed in Sentry: both waits are in the figures. Ends are taken as made when they are written, with the change in Sentry that follows from them; how fast changes are made is Sentry's own limit.

        {Table()}
        """;

    private string HistoryMarkdown(int runs) =>
        $"""
        # Results of a long history

        Made by `bench/run --history {runs}` on {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()},
        .NET {Environment.Version}. {options.Size}, read every hour by changes and once a day whole, while 1% of the members change their place in a team every day; SQLite. Then half a million issues and a
        million lines of Sentry's audit log beside it. The ideal of every question is what it took after the first run: history must not slow it down.

        {Table()}
        """;

    private string SyncMarkdown() =>
        $"""
        # Results

        Made by `{options.Size.Command}` on {DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()},
        .NET {Environment.Version}. {options.Size}; a simulated Sentry in its own process on the same machine, which answers after 100 ms, at most 40 requests a second and
        25 at once.

        {Table()}
        The fewest requests: 1 for the organization, a page of 100 for members and teams each, 1 for all projects with their teams, a page of 100 for the members of each
        team that is not empty, and the fewest pages of every other listing that was read. The ideal time: requests / 40 per second + 0.1 s. It can be beaten, because the member list
        has a limit of its own and because a window begins before the first request and ends after the last. CPU and memory are those of the `watchbill` process.

        """;

    private string Table()
    {
        var table = new StringBuilder("| Measured | Value | Ideal | Ratio or value | Target | |\n|---|---|---|---|---|---|\n");
        foreach (var (what, measured, ideal, ratio, target, _) in _measurements)
        {
            var verdict = target is null ? "" : ratio <= target ? "met" : "missed";
            table.Append($"| {what} | {measured} | {ideal} | {ratio:0.00} | {(target is { } most ? $"at most {most:0.##}" : "")} | {verdict} |\n");
        }

        return table.ToString();
    }
}
