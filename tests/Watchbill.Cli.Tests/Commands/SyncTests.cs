using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>The ends of a sync, each on a Sentry that behaves so.</summary>
public sealed class SyncTests
{
    [Fact]
    public async Task A_run_that_could_not_read_a_scope_is_incomplete_and_says_which()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        server.Faults.Set(new FaultRule(FaultAction.HtmlPage, "*/project-keys/"));
        var synced = await line.RunAsync("sync");
        Assert.Equal(ExitCode.Incomplete, synced.ExitCode);
        Assert.Contains("client-keys", synced.Output, StringComparison.Ordinal);
        var listed = await line.RunAsync("nonhuman", "list", "--require-complete");
        Assert.Equal(ExitCode.Incomplete, listed.ExitCode);
        Assert.Contains("client keys", listed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incremental_run_says_that_it_is_one()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");

        var run = await line.RunAsync("sync", "--incremental");
        var listed = await line.RunAsync("runs", "list", "-o", "json");
        var planned = await line.RunAsync("sync", "--incremental", "--plan");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("incremental, succeeded", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"mode\": \"incremental\"", listed.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, planned.ExitCode);
    }

    [Fact]
    public async Task A_Sentry_that_is_gone_is_a_failed_run_and_nothing_is_lost()
    {
        using var line = new CommandLine();
        string email;
        await using (var server = await StartAsync())
        {
            email = server.World.Organization("acme").Fixtures.Owner.Email;
            await Connections.ConnectAsync(line, server);
            await line.RunAsync("sync");
        }

        var failed = await line.RunAsync("sync");
        Assert.Equal(ExitCode.SentryFailed, failed.ExitCode);
        Assert.Contains("watchbill runs log 2", failed.Error, StringComparison.Ordinal);
        var answer = await line.RunAsync("access", "of", email);
        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Contains("Warning: as of", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mass_loss_waits_until_somebody_decides()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        var organization = server.World.Organization("acme");
        var gone = organization.Members.Where(member => member is { Role.Id: "member", IsListed: true }).ToList();
        gone.ForEach(member => organization.RemoveMember(member));

        var held = await line.RunAsync("sync");
        Assert.Equal(ExitCode.NeedsConfirmation, held.ExitCode);
        Assert.Equal(ExitCode.Refused, (await line.RunAsync("sync")).ExitCode);
        Assert.Contains(gone[0].Email, (await line.RunAsync("members", "list")).Output, StringComparison.Ordinal);
        Assert.Contains(gone[0].Email, (await line.RunAsync("runs", "difference", "2", "--limit", "1000")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("runs", "confirm", "2")).ExitCode);
        Assert.Equal(ExitCode.Refused, (await line.RunAsync("runs", "reject", "2", "--reason", "too late")).ExitCode);
        Assert.DoesNotContain(gone[0].Email, (await line.RunAsync("members", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_connector_is_refused_until_it_is_resumed()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("connectors", "pause")).ExitCode);
        Assert.Equal(ExitCode.Refused, (await line.RunAsync("sync")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync", "--all")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("connectors", "resume")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync")).ExitCode);
    }

    [Fact]
    public async Task A_cancelled_sync_ends_with_130_and_the_next_one_succeeds()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, (await line.RunAsync(cancellation.Token, "sync")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync")).ExitCode);
    }

    [Fact]
    public async Task Names_from_Sentry_cannot_steer_the_terminal_nor_a_spreadsheet()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        var organization = server.World.Organization("acme");
        organization.CreateTeam("odd", "[red]\u001b[2J\u202eevil[/]");
        organization.CreateTeam("formula", "=HYPERLINK(1)");
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        var table = await line.RunAsync("teams", "list");
        Assert.Contains(@"[red]\u001b[2J\u202eevil[/]", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', table.All);
        Assert.DoesNotContain('\u001b', (await line.RunAsync("teams", "list", "-o", "json")).All);
        Assert.Contains(",=HYPERLINK(1),", (await line.RunAsync("teams", "list", "-o", "csv")).Output, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK(1)", (await line.RunAsync("teams", "list", "-o", "csv", "--csv-safe")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_several_connectors_the_right_one_must_be_named()
    {
        await using var server = await StartAsync();
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync(
            "connect", "--name", "second", "--address", server.BaseAddress.ToString(), "--organization", "acme", "--allow-private-networks",
            "--token-file", line.FileWith("token.txt", server.ReaderToken()));
        var unclear = await line.RunAsync("sync");
        Assert.Equal(ExitCode.BadInput, unclear.ExitCode);
        Assert.Contains("acme and second", unclear.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync", "second", "--plan")).ExitCode);
        Assert.Equal(ExitCode.BadInput, (await line.RunAsync("connectors", "remove", "second")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("connectors", "remove", "second", "--yes")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync", "--plan")).ExitCode);
    }

    private static Task<SimulatorServer> StartAsync() =>
        SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small }, TestContext.Current.CancellationToken);
}
