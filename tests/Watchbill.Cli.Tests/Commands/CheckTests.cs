using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Checks at the command line.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task Failing_checks_end_a_pipeline_and_can_be_looked_at()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        var early = await line.RunAsync("check", "list");
        Assert.Equal(ExitCode.Refused, early.ExitCode);
        Assert.Contains("watchbill check run", early.Error, StringComparison.Ordinal);
        await line.RunAsync("sync");

        var run = await line.RunAsync("check", "run");
        Assert.Equal(ExitCode.ChecksFail, run.ExitCode);
        Assert.Contains("could not be evaluated", run.Output, StringComparison.Ordinal);
        Assert.Contains("fail", run.Output, StringComparison.Ordinal);

        var listed = await line.RunAsync("check", "list", "-o", "csv");
        Assert.Equal(95, listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var shown = await line.RunAsync("check", "show", "project-has-owner-team", "-o", "json");
        Assert.Equal(ExitCode.Ok, shown.ExitCode);
        Assert.Contains("\"check\": \"project-has-owner-team\"", shown.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("check", "show", "nothing")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("check", "run", "--fail-on", "terrible")).ExitCode);
    }
}
