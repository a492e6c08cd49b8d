using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Actions at the command line.</summary>
public sealed class ActionTests
{
    private const string Csv = "title,severity\nSay who may export,high\nWrite it down,low\n";

    [Fact]
    public async Task Actions_are_opened_listed_commented_and_closed()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var folder = new TemporaryFolder();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        Assert.Contains("Nothing is to do.", (await line.RunAsync("action", "list")).Output, StringComparison.Ordinal);
        var file = Path.Combine(folder.Path, "actions.csv");
        await File.WriteAllTextAsync(file, Csv.Replace("low", "small", StringComparison.Ordinal));
        var refused = await line.RunAsync("action", "import", file);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("Line 3:", refused.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, Csv);
        Assert.Contains("2 actions opened.", (await line.RunAsync("action", "import", file)).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await line.RunAsync("action", "list", "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Single((await line.RunAsync("action", "list", "--overdue", "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("action", "comment", "1", "Seen", "--link", "javascript:alert(1)")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("action", "comment", "1", "Seen", "--link", "https://tickets.example.com/OPS-7")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("action", "close", "1")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("action", "close", "1", "--reason", "Written.")).ExitCode);
        Assert.Equal(ExitCode.Refused, (await line.RunAsync("action", "close", "1", "--reason", "Again.")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("action", "show", "99")).ExitCode);
        var shown = await line.RunAsync("action", "show", "1", "-o", "json");
        Assert.Contains("https://tickets.example.com/OPS-7", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\"state\": \"closed\"", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await line.RunAsync("action", "list", "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(3, (await line.RunAsync("action", "list", "--all", "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_server_says_the_same()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var folder = new TemporaryFolder();
        using var line = new CommandLine();
        line.Variables["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.ComplianceManager);
        string[] there = ["--server", served.Server.Listening.AbsoluteUri];
        var file = Path.Combine(folder.Path, "actions.csv");
        await File.WriteAllTextAsync(file, Csv);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["action", "import", file, .. there])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["action", "comment", "1", "Seen", .. there])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["action", "close", "1", "--reason", "Done.", .. there])).ExitCode);
        foreach (var question in (string[][])[["action", "list", "--all"], ["action", "show", "1"]])
        {
            Assert.Equal((await line.RunAsync([.. question, "-o", "json", "--database", served.Database])).Output, (await line.RunAsync([.. question, "-o", "json", .. there])).Output);
        }
    }
}
