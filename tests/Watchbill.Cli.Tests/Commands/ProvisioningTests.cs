using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Server.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Changes in Sentry at the command line.</summary>
public sealed class ProvisioningTests
{
    private static readonly string[] EveryScope =
        ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"];

    [Fact]
    public async Task Somebody_is_removed_and_it_is_proven()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        var acme = server.World.Organization("acme");
        var member = acme.Members.First(static one => one is { Role.Id: "member", IsListed: true, IsPending: false });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        string[] remove = ["provisioning", "request", "remove-member", "--member", member.Email, "--reason", "Left the company"];

        var off = await line.RunAsync(remove);
        Assert.Equal(ExitCode.Refused, off.ExitCode);
        Assert.Contains("watchbill provisioning on", off.Error, StringComparison.Ordinal);
        Assert.Contains("No change may be made", (await line.RunAsync("provisioning", "status")).Output, StringComparison.Ordinal);

        line.Variables["WATCHBILL_SENTRY_TOKEN"] = acme.OwnerToken(EveryScope);
        var on = await line.RunAsync("provisioning", "on");
        Assert.True(on.ExitCode is ExitCode.Ok, on.Error);
        Assert.Contains("a personal token", on.Output, StringComparison.Ordinal);

        var plan = await line.RunAsync([.. remove, "--dry-run"]);
        Assert.Contains($"DELETE /organizations/acme/members/{member.Id}/", plan.Output, StringComparison.Ordinal);
        Assert.Contains(acme.Members, one => one.Id == member.Id);

        var made = await line.RunAsync(remove);
        Assert.True(made.ExitCode is ExitCode.Ok, made.Error);
        Assert.Contains("is made and proven", made.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(acme.Members, one => one.Id == member.Id);
        Assert.Contains("proven", (await line.RunAsync("provisioning", "list", "-o", "csv")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("provisioning", "show", "99")).ExitCode);
        Assert.Contains("changes nothing", (await line.RunAsync("provisioning", "off")).Error + (await line.RunAsync("provisioning", "off")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Sentry_refuses_is_not_called_done_and_can_be_tried_again_or_taken_back()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small });
        var acme = server.World.Organization("acme");
        var member = acme.Members.First(static one => one is { Role.Id: "member", IsListed: true, IsPending: false });
        using var line = new CommandLine();
        await Connections.ConnectAsync(line, server);
        await line.RunAsync("sync");
        line.Variables["WATCHBILL_SENTRY_TOKEN"] = acme.OwnerToken(EveryScope);
        await line.RunAsync("provisioning", "on");
        server.Faults.Add(new FaultRule(FaultAction.Respond) { Method = "DELETE", Status = 403, Body = """{"detail":"No."}""" });

        var refused = await line.RunAsync("provisioning", "request", "remove-member", "--member", $"{member.Id}", "--reason", "Left");
        Assert.Equal(ExitCode.Incomplete, refused.ExitCode);
        Assert.Contains("needs a person", refused.Output, StringComparison.Ordinal);
        Assert.Contains("needs a person", (await line.RunAsync("provisioning", "retry", "1")).Output, StringComparison.Ordinal);
        server.Faults.Clear();
        Assert.Contains("made and proven", (await line.RunAsync("provisioning", "retry", "1")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, (await line.RunAsync("provisioning", "withdraw", "1")).ExitCode);
    }
}
