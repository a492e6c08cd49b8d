using System.Text.Json.Nodes;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Frameworks at the command line.</summary>
public sealed class FrameworkTests
{
    [Fact]
    public async Task A_framework_is_saved_changed_brought_and_removed()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var folder = new TemporaryFolder();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        var exported = await line.RunAsync("framework", "export", "gdpr");
        Assert.True(exported.ExitCode is ExitCode.Ok, exported.All);
        var yaml = Path.Combine(folder.Path, "mine.yaml");
        await File.WriteAllTextAsync(yaml, exported.Output);
        var taken = await line.RunAsync("framework", "import", yaml, "--reason", "Ours");
        Assert.Equal(ExitCode.BadInput, taken.ExitCode);
        Assert.Contains("comes with Watchbill", taken.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(yaml, exported.Output.Replace("id: gdpr\n", "id: mine\n", StringComparison.Ordinal));
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("framework", "import", yaml)).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("framework", "import", yaml, "--reason", "Ours")).ExitCode);

        var csv = Path.Combine(folder.Path, "list.csv");
        await File.WriteAllTextAsync(csv, "control,title,theme,checks\nA,Leavers,access,member-inactive\nB,Doors,,\n");
        var brought = await line.RunAsync("framework", "import", csv, "--id", "acme", "--name", "Acme", "--edition", "2026", "--reason", "Ours", "-o", "csv");
        Assert.Contains("acme,Acme,2026,2,1,true", brought.Output, StringComparison.Ordinal);
        Assert.Equal(11, (await line.RunAsync("framework", "list", "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("framework", "remove", "acme", "--reason", "Over")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("framework", "export", "acme")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("framework", "import", Path.Combine(folder.Path, "nothing.yaml"), "--reason", "Ours")).ExitCode);
    }

    [Fact]
    public async Task A_server_takes_and_gives_the_same_framework()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var folder = new TemporaryFolder();
        using var line = new CommandLine();
        line.Variables["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.ComplianceManager);
        string[] there = ["--server", served.Server.Listening.AbsoluteUri];
        var here = await line.RunAsync("framework", "export", "nist-csf-2.0", "--database", served.Database);
        var exported = await line.RunAsync(["framework", "export", "nist-csf-2.0", .. there]);
        Assert.Equal(here.Output, exported.Output);
        var yaml = Path.Combine(folder.Path, "mine.yaml");
        await File.WriteAllTextAsync(yaml, exported.Output.Replace("id: nist-csf-2.0\n", "id: mine\n", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["framework", "import", yaml, "--reason", "Ours", .. there])).ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(yaml), (await line.RunAsync(["framework", "export", "mine", .. there])).Output);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["framework", "follow", "gdpr", "mine", "--reason", "Ours", .. there])).ExitCode);
        var followed = await line.RunAsync(["framework", "list", "-o", "json", .. there]);
        Assert.Equal(["gdpr", "mine"], JsonNode.Parse(followed.Output)!["rows"]!.AsArray().Where(static one => (bool)one!["isFollowed"]!).Select(static one => (string)one!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(followed.Output, (await line.RunAsync("framework", "list", "-o", "json", "--database", served.Database)).Output);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync(["framework", "follow", "--reason", "Nothing", .. there])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["framework", "follow", "--all", "--reason", "All", .. there])).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync(["framework", "remove", "mine", "--reason", "Over", .. there])).ExitCode);
    }
}
