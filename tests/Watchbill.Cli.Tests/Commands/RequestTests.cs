using Watchbill.Connectors.Provisioning;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Requests.Drifts;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Access that ends by itself, at the command line: beside the database, and through a server with one's own token.</summary>
public sealed class RequestTests : IDisposable
{
    private readonly CommandLine _command = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Access_is_asked_for_granted_and_given_back()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var member = acme.AddMember("engineer@example.org");
        await served.ReadAsync();
        await served.AllowChangesAsync();
        var team = acme.Teams.First(one => !one.IsIdpProvisioned && one.Memberships.All(link => link.Member != member));
        var (asker, decider) = (await TokenAsync(served, "engineer@example.org", Role.Member), await TokenAsync(served, "manager@example.org", Role.AccessManager));
        string[] here = ["--database", served.Database], there = ["--server", served.Server.Listening.AbsoluteUri];
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "policies.yaml");
        await File.WriteAllTextAsync(file, "policies:\n  - name: Engineers\n    reasonLength: 3\n    emergencyMinutes: 30\n", Stop);

        _command.Variables["WATCHBILL_TOKEN"] = asker;
        Assert.Equal(ExitCode.NotFound, (await _command.RunAsync(["request", "ask", team.Slug, "--minutes", "30", "--reason", "Incident", .. there])).ExitCode);
        Assert.Contains("new", (await _command.RunAsync(["request", "policies", "import", file, "--dry-run", .. here])).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Engineers", (await _command.RunAsync(["request", "policies", "export", .. here])).Output, StringComparison.Ordinal);
        Assert.Contains("new", (await _command.RunAsync(["request", "policies", "import", file, .. here])).Output, StringComparison.Ordinal);
        Assert.Contains("same", (await _command.RunAsync(["request", "policies", "import", file, .. here])).Output, StringComparison.Ordinal);

        Assert.Contains(team.Slug, (await _command.RunAsync(["request", "search", team.Slug, .. there])).Output, StringComparison.Ordinal);
        Assert.Contains("Say for how long", (await _command.RunAsync(["request", "ask", team.Slug, "--reason", "Incident", .. there])).Error, StringComparison.Ordinal);
        var asked = await _command.RunAsync(["request", "ask", team.Slug, "--minutes", "30", "--reason", "Incident", .. there]);
        Assert.True(asked.ExitCode is ExitCode.Ok, asked.Error);
        Assert.NotEqual(ExitCode.Ok, (await _command.RunAsync(["request", "approve", "1", .. there])).ExitCode);
        Assert.Contains("submitted", (await _command.RunAsync(["request", "list", "--view", "mine", .. there])).Output, StringComparison.Ordinal);

        _command.Variables["WATCHBILL_TOKEN"] = decider;
        Assert.Contains("Incident", (await _command.RunAsync(["request", "list", "--view", "waiting", .. there])).Output, StringComparison.Ordinal);
        Assert.Contains("approved", (await _command.RunAsync(["request", "approve", "1", "--minutes", "20", .. there])).Output, StringComparison.Ordinal);
        await served.Get<Provisioner>().RunDueAsync(served.Connector!.Id, Stop);
        Assert.Contains(team.Memberships, link => link.Member == member);
        foreach (var question in new[] { new[] { "list" }, ["show", "1"], ["grants", "--all"], ["drift", "--all"] })
        {
            var (local, remote) = (await _command.RunAsync(["request", .. question, "-o", "json", .. here]), await _command.RunAsync(["request", .. question, "-o", "json", .. there]));
            Assert.Equal(local.Output, remote.Output);
        }

        _command.Variables["WATCHBILL_TOKEN"] = asker;
        Assert.Contains("ended", (await _command.RunAsync(["request", "end", "1", .. there])).Output, StringComparison.Ordinal);
        await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, Stop);
        acme.JoinTeam(member, team);
        await served.ReadAsync();
        await served.Get<FindDrift>().RunAsync(Stop);
        Assert.Contains("came-back", (await _command.RunAsync(["request", "drift", .. here])).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await _command.RunAsync(["request", "remove-drift", "1", .. here])).ExitCode);
        Assert.Contains("removed", (await _command.RunAsync(["request", "remove-drift", "1", "--reason", "Not agreed", .. here])).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();

    private static async Task<string> TokenAsync(ServedOrganization served, string email, Role role)
    {
        var joined = await served.JoinAsync(email, email, role);
        var caller = (await served.Get<Sessions>().FindAsync(joined.Token, "127.0.0.1", Stop))!.Caller;
        return ServedPeople.Must(await served.Get<ApiTokens>().CreateAsync(new ApiTokenInput("test", [.. caller.Rights], served.Get<TimeProvider>().GetUtcNow().AddDays(1)), caller, Stop)).Text;
    }
}
