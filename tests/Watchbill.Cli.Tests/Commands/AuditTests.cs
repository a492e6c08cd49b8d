using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>What was done in Watchbill, for other tools.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Events_are_written_as_lines_and_go_on_where_they_ended()
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, sentry);
        await line.RunAsync("sync");

        var all = (await line.RunAsync("audit", "export")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rest = (await line.RunAsync("audit", "export", "--from", "1", "--form", "plain")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(all.Length > 2);
        Assert.Equal(all.Length - 1, rest.Length);
        Assert.All(all, static text => Assert.Equal("1.6.0", $"{JsonNode.Parse(text)!["metadata"]!["version"]}"));
        Assert.Equal($"{JsonNode.Parse(all[1])!["metadata"]!["uid"]}", $"{JsonNode.Parse(rest[0])!["id"]}");
        foreach (var token in sentry.World.Tokens)
        {
            Assert.DoesNotContain(token.Value, string.Concat(all), StringComparison.Ordinal);
        }
    }
}
