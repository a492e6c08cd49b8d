using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Evidence at the command line.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public async Task What_is_collected_can_be_listed_and_its_history_told()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        var early = await line.RunAsync("collect", "--kind", "project-settings");
        Assert.Equal(ExitCode.Incomplete, early.ExitCode);
        Assert.Contains("Sync the source first", early.Output, StringComparison.Ordinal);
        await line.RunAsync("sync");

        var collected = await line.RunAsync("collect", "--kind", "issues", "--kind", "environments");
        Assert.Equal(ExitCode.Ok, collected.ExitCode);
        Assert.Contains("2 collections", collected.Output, StringComparison.Ordinal);

        var issue = server.World.Organization("acme").Evidence.Issues.First(static one => one.Status == Issue.Unresolved);
        server.World.Organization("acme").SetStatus(issue, Issue.Resolved);
        await line.RunAsync("collect", "--kind", "issues");
        var history = await line.RunAsync("evidence", "history", "issues", $"{issue.Id}", "-o", "csv");
        Assert.Equal(["resolved", "unresolved"], history.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static row => row.Split(',')[3]));

        var listed = await line.RunAsync("evidence", "list", "issues", "--text", issue.ShortId, "-o", "json");
        Assert.Contains($"\"key\": \"{issue.Id}\"", listed.Output, StringComparison.Ordinal);
        Assert.Contains("never", (await line.RunAsync("evidence", "status")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("evidence", "history", "issues", "nothing")).ExitCode);
    }

    [Fact]
    public async Task What_could_not_be_read_is_not_called_done()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        server.Faults.Add(new FaultRule(FaultAction.HtmlPage, "*/monitors/"));

        var collected = await line.RunAsync("collect", "--kind", "monitors");

        Assert.Equal(ExitCode.Incomplete, collected.ExitCode);
        Assert.Contains("failed", collected.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("collect", "--kind", "everything")).ExitCode);
        Assert.Contains("name it, for example CHECKOUT-1A", (await line.RunAsync("collect", "--kind", "issue-events")).Error, StringComparison.Ordinal);
    }
}
