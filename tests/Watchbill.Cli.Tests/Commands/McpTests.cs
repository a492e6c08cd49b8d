using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Role = Watchbill.People.Role;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>The program that an assistant on somebody's machine starts.</summary>
public sealed class McpTests
{
    [Fact]
    public async Task An_assistant_on_this_machine_asks_a_server_over_standard_input_and_output()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Watchbill.Cli.dll"), "mcp", "--server", served.Server.Listening.AbsoluteUri],
            EnvironmentVariables = new Dictionary<string, string?> { ["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.Auditor) },
        });

        // The library takes a program that needs more than five seconds to start for one of before the protocol's last version.
        await using var client = await McpClient.CreateAsync(transport, new McpClientOptions { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan });

        var result = await client.CallToolAsync("list_members", new Dictionary<string, object?> { ["role"] = "owner" });

        Assert.False(result.IsError is true);
        Assert.Contains("\"items\":[{", string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_it_says_which_is_missing()
    {
        using var line = new CommandLine();

        var finished = await line.RunAsync("mcp");

        Assert.Equal(ExitCode.BadInput, finished.ExitCode);
        Assert.Contains("--server", finished.Error, StringComparison.Ordinal);
    }
}
