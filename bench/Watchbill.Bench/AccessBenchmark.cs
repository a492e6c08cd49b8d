using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Access.Queries;
using Watchbill.Bench.Simulated;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Bench;

/// <summary>Who reaches a project and what a member reaches, asked inside a running process and as a whole process, on the database that the sync filled.</summary>
internal sealed class AccessBenchmark(BenchOptions options, Welcome organization, Workspace workspace, Report report)
{
    private const double MostInside = 20;
    private const double MostWhole = 300;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AskInsideAsync(cancellationToken);
        await AskAsProcessAsync(cancellationToken);
    }

    private async Task AskInsideAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddWatchbill(DatabaseAddress.Parse($"sqlite:{workspace.DatabaseFile}"), workspace.KeyFolder);
        await using var provider = services.BuildServiceProvider();
        var queries = provider.GetRequiredService<AccessQueries>();
        var connector = (await provider.GetRequiredService<ConnectorQueries>().ListAsync(Caller.System, cancellationToken)).Value[0].Id;
        await TimeAsync("access who", organization.SomeProjects, async project =>
            (await queries.WhoReachesAsync(connector, project, at: null, cancellationToken)).Succeeded);
        await TimeAsync("access of", organization.SomeMembers, async member =>
            (await queries.OfMemberAsync(connector, member, at: null, cancellationToken)).Succeeded);
    }

    private async Task TimeAsync(string question, IReadOnlyList<string> subjects, Func<string, Task<bool>> askAsync)
    {
        List<double> times = [];
        var cpuBefore = Environment.CpuUsage.TotalTime;
        for (var round = -options.WarmUps; round < options.Repetitions; round++)
        {
            if (round == 0)
            {
                cpuBefore = Environment.CpuUsage.TotalTime;
            }

            var clock = Stopwatch.StartNew();
            if (!await askAsync(subjects[Math.Abs(round) % subjects.Count]))
            {
                throw new InvalidOperationException($"{question} was refused.");
            }

            if (round >= 0)
            {
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        var cpu = (Environment.CpuUsage.TotalTime - cpuBefore).TotalMilliseconds / options.Repetitions;
        times.Sort();
        Tell($"`{question}` inside, CPU", cpu, target: null);
        Tell($"`{question}` inside, half of all", times[times.Count / 2], MostInside);
        Tell($"`{question}` inside, 99 of 100", times[times.Count * 99 / 100], MostInside);
    }

    private async Task AskAsProcessAsync(CancellationToken cancellationToken)
    {
        var bare = await MedianAsync(() => Self.Start("nothing"), cancellationToken);
        Tell("a process that does nothing", bare, target: null);
        var who = await MedianAsync(() => CommandLine.Start(options, workspace, "access", "who", organization.SomeProjects[0], "--output", "json"), cancellationToken);
        Tell("`access who` as a process, less that", who - bare, MostWhole);
        var of = await MedianAsync(() => CommandLine.Start(options, workspace, "access", "of", organization.SomeMembers[0], "--output", "json"), cancellationToken);
        Tell("`access of` as a process, less that", of - bare, MostWhole);
    }

    /// <summary>Half of the starts take at most so long.</summary>
    private async Task<double> MedianAsync(Func<ProcessStartInfo> start, CancellationToken cancellationToken)
    {
        List<double> times = [];
        for (var round = 0; round < options.Starts; round++)
        {
            times.Add((await MeasuredProcess.RunAsync(start(), cancellationToken)).Expect(exitCode: 0).Wall.TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private void Tell(string what, double milliseconds, double? target) =>
        report.Add(new(what, $"{milliseconds:0.0} ms", "", milliseconds, target));
}
