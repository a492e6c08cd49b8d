using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Cli.Tests.Commands;

public sealed class ConnectTests
{
    private static SimulatorOptions Small => new() { Size = OrganizationSize.Small };

    [Fact]
    public async Task Connect_prints_each_probe_and_saves()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        var connected = await Connections.ConnectAsync(line, server);
        Assert.Equal(ExitCode.Ok, connected.ExitCode);
        Assert.Contains("  ok     ", connected.Output, StringComparison.Ordinal);
        Assert.Contains("Saved as acme. Read it with: watchbill sync", connected.Error, StringComparison.Ordinal);
        Assert.Contains("acme", (await line.RunAsync("connectors", "list", "-o", "csv")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_changes_what_is_named_and_nothing_else()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);

        var edited = await line.RunAsync("connectors", "edit", "--schedule", "daily-at-4", "--name", "Acme EU");
        var nothing = await line.RunAsync("connectors", "edit");
        var wrong = await line.RunAsync("connectors", "edit", "--schedule", "sometimes");
        var shown = JsonNode.Parse((await line.RunAsync("connectors", "show", "-o", "json")).Output)!;

        Assert.Equal(ExitCode.Ok, edited.ExitCode);
        Assert.Equal((ExitCode.BadInput, ExitCode.BadInput), (nothing.ExitCode, wrong.ExitCode));
        Assert.Equal(("Acme EU", "daily-at-4", 0.7), (shown["name"]!.GetValue<string>(), shown["schedule"]!.GetValue<string>(), shown["budgetShare"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Connect_with_an_unknown_token_shows_the_probes_and_saves_nothing()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        var refused = await Connections.ConnectAsync(line, server, "sntryu_" + new string('a', 64));
        Assert.Equal(ExitCode.SentryFailed, refused.ExitCode);
        Assert.Contains("  FAIL   ", refused.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was saved", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing is connected yet", (await line.RunAsync("connectors", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organization_token_is_told_that_it_can_read_almost_nothing()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        var token = server.World.Organization("acme").IssueToken(TokenKind.Organization);
        var refused = await Connections.ConnectAsync(line, server, token);
        Assert.Equal(ExitCode.SentryFailed, refused.ExitCode);
        Assert.Contains("org:ci", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_makes_no_database()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        line.Variables["WATCHBILL_SENTRY_TOKEN"] = server.ReaderToken();
        var finished = await line.RunAsync("preflight", "--address", server.BaseAddress.ToString(), "--organization", "acme", "--allow-private-networks", "-o", "json");
        Assert.Equal(ExitCode.Ok, finished.ExitCode);
        Assert.Contains("\"canConnect\": true", finished.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(line.DatabaseFile));
    }

    [Fact]
    public async Task A_token_from_standard_input_is_taken()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine { Typed = server.ReaderToken() + "\n" };
        var finished = await line.RunAsync("preflight", "--address", server.BaseAddress.ToString(), "--organization", "acme", "--allow-private-networks", "--token-file", "-");
        Assert.Equal(ExitCode.Ok, finished.ExitCode);
    }

    [Fact]
    public async Task The_token_appears_nowhere()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        var token = server.ReaderToken();
        List<Finished> all = [await Connections.ConnectAsync(line, server)];
        foreach (var args in (string[][])
                 [
                     ["sync", "--verbose"], ["connectors", "list", "-o", "json"], ["connectors", "show", "-o", "json"], ["runs", "list", "-o", "json"],
                     ["runs", "log", "1", "-o", "json"], ["connect", "--organization", "acme", "--token", token],
                     ["connectors", "rotate-token", "--token-file", line.FileWith("again.txt", token), "--verbose"], ["facts", "-o", "json"],
                 ])
        {
            all.Add(await line.RunAsync(args));
        }

        Assert.All(all, finished => Assert.DoesNotContain(token, finished.All, StringComparison.Ordinal));
        var stored = Directory.EnumerateFiles(line.Folder, "watchbill*").SelectMany(File.ReadAllBytes).ToArray();
        Assert.True(stored.AsSpan().IndexOf("acme"u8) >= 0, "The search would not have found anything.");
        Assert.True(stored.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(token)) < 0, "The token lies in the database in clear.");
    }

    private static Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(Small, TestContext.Current.CancellationToken);
}
