using Watchbill.Connectors;
using Watchbill.Contracts.Client;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Configuration as one file.</summary>
public sealed class ApplyTests
{
    [Fact]
    public async Task A_file_makes_a_server_what_it_says_twice_changes_nothing_and_an_export_says_the_same()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        using var line = await SignedInAsync(served);
        var file = line.FileWith("watchbill.yaml", Yaml(served, schedule: "hourly"));

        var tried = await line.RunAsync("apply", "-f", file, "--dry-run");
        Assert.True(tried.ExitCode is ExitCode.Ok, tried.All);
        Assert.Contains("4 would change", tried.All, StringComparison.Ordinal);
        Assert.Empty(ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)));

        var applied = await line.RunAsync("apply", "-f", file);
        Assert.True(applied.ExitCode is ExitCode.Ok, applied.All);
        var source = Assert.Single(ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)));
        Assert.Equal(("Acme", "Shop", "hourly", 0.5), (source.Name, source.Application, source.Schedule.Text, source.BudgetShare));
        Assert.Equal(served.Token[^4..], source.TokenLastFour);
        Assert.Contains("Everything is as the file says", (await line.RunAsync("apply", "-f", file)).All, StringComparison.Ordinal);

        var exported = await line.RunAsync("export");
        Assert.DoesNotContain(served.Token, exported.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-path", exported.Output, StringComparison.Ordinal);
        line.Variables["SENTRY_TOKEN_ACME"] = served.Token;
        line.Variables["CHANNEL_OPS"] = "https://hooks.example.com/planted-path";
        var again = await line.RunAsync("apply", "-f", line.FileWith("exported.yaml", exported.Output));
        Assert.Contains("Everything is as the file says", again.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_different_is_said_and_made_what_the_file_says_and_the_rest_is_left()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        await served.ConnectAsync("Another one");
        using var line = await SignedInAsync(served);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("apply", "-f", line.FileWith("first.yaml", Yaml(served, schedule: "hourly")))).ExitCode);
        line.Variables["ACME_TOKEN"] = served.Sentry.World.Organization(ServedOrganization.Slug).IssueToken(TokenKind.Personal, served.Sentry.World.Organization(ServedOrganization.Slug).Members[0].User!.Id, "org:read", "member:read", "team:read", "project:read");

        line.Variables["OPS_URL"] = "https://other.example.com/planted-path";
        var applied = await line.RunAsync("apply", "-f", line.FileWith("second.yaml", Yaml(served, schedule: "daily-at-3")));

        Assert.True(applied.ExitCode is ExitCode.Ok, applied.All);
        foreach (var said in (string[])["schedule: hourly -> daily-at-3", "token: another one", "host: hooks.example.com -> other.example.com", "Another one", "not in the file"])
        {
            Assert.Contains(said, applied.All, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(line.Variables["ACME_TOKEN"], applied.All, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-path", applied.All, StringComparison.Ordinal);
        Assert.Contains("Everything is as the file says", (await line.RunAsync("apply", "-f", Path.Combine(line.Folder, "second.yaml"))).All, StringComparison.Ordinal);
        Assert.Equal(line.Variables["ACME_TOKEN"][^4..], ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)).Single(static one => one.Name == "Acme").TokenLastFour);
    }

    [Fact]
    public async Task Reviews_frameworks_and_exceptions_are_made_told_apart_and_exported()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        var compliance = new WatchbillClient(await served.ProgramAsync(Role.ComplianceManager)).Compliance;
        var failing = (await compliance.RunAsync(1, default)).Lines.First(static check => check.Outcome == "fail").Check;
        var ends = served.Get<TimeProvider>().GetUtcNow().AddDays(90);
        using var line = await SignedInAsync(served);
        var file = line.FileWith("governance.yaml", Governance(failing, ends, days: 14));

        var applied = await line.RunAsync("apply", "-f", file);
        Assert.True(applied.ExitCode is ExitCode.Ok, applied.All);
        Assert.Contains("Everything is as the file says", (await line.RunAsync("apply", "-f", file)).All, StringComparison.Ordinal);
        var asked = Assert.Single(await compliance.ExceptionsAsync(new(), default));
        Assert.Equal(("asked", failing), (asked.State, asked.Check));

        var exported = await line.RunAsync("export");
        Assert.Contains("acme-baseline", exported.Output, StringComparison.Ordinal);
        line.Variables["SENTRY_TOKEN_ACME"] = served.Token;
        var again = await line.RunAsync("apply", "-f", line.FileWith("exported.yaml", exported.Output));
        Assert.True(again.All.Contains("Everything is as the file says", StringComparison.Ordinal), again.All);

        var changed = await line.RunAsync("apply", "-f", line.FileWith("other.yaml", Governance(failing, ends.AddDays(10), days: 21)));
        Assert.True(changed.ExitCode is ExitCode.Ok, changed.All);
        Assert.Contains("days: 14 -> 21", changed.All, StringComparison.Ordinal);
        Assert.Equal(2, (await compliance.ExceptionsAsync(new() { All = true }, default)).Count);
        Assert.Single(await compliance.ExceptionsAsync(new(), default));
        Assert.Equal(21, Assert.Single(await new WatchbillClient(await served.ProgramAsync(Role.SuperAdministrator)).Reviews.ListAsync(default)).Plan.Days);
    }

    [Theory]
    [InlineData("watchbill: 1\nreviews:\n  - name: A\n    source: Acme\n    owner: nobody@example.com", "nobody@example.com")]
    [InlineData("watchbill: 1\nreviews:\n  - name: A\n    source: Acme", "no owner")]
    [InlineData("watchbill: 1\nreviews:\n  - name: A\n    source: Acme\n    owner: \"1\"\n    startsAt: soon", "no instant")]
    [InlineData("watchbill: 1\nexceptions:\n  - source: Acme\n    check: member-inactive\n    endsAt: later", "no instant")]
    [InlineData("watchbill: 1\nframeworks:\n  - id: a\n  - id: a", "twice")]
    [InlineData("watchbill: 2", "version of this format")]
    [InlineData("watchbill: 1\nsources:\n  - name: A\n    adress: x", "line 4")]
    [InlineData("watchbill: 1\nsources:\n  - name: A\n  - name: A", "twice")]
    [InlineData("watchbill: 1\nsources:\n  - name: A\n    address: sentry.io\n    organization: a\n    token: { env: NOT_SET }", "NOT_SET")]
    [InlineData("watchbill: 1\nsources:\n  - name: A\n    address: sentry.io\n    organization: a\n    owners: [nobody@example.com]", "nobody@example.com")]
    [InlineData("watchbill: 1\nchannels:\n  - name: A\n    kind: slack", "no address")]
    [InlineData("- a\n- b", "line 1")]
    [InlineData("", "is empty")]
    public async Task A_file_that_is_wrong_is_refused_with_the_place_and_nothing_changes(string text, string sentence)
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        using var line = await SignedInAsync(served);

        var refused = await line.RunAsync("apply", "-f", line.FileWith("wrong.yaml", text));

        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        Assert.Empty(ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)));
    }

    private static async Task<CommandLine> SignedInAsync(ServedOrganization served) => new()
    {
        Variables =
        {
            ["WATCHBILL_SERVER"] = served.Server.Listening.AbsoluteUri, ["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.SuperAdministrator),
            ["ACME_TOKEN"] = served.Token, ["OPS_URL"] = "https://hooks.example.com/planted-path",
        },
    };

    private static string Governance(string check, DateTimeOffset ends, int days) =>
        $$"""
        watchbill: 1
        reviews:
          - name: Quarterly
            source: Acme
            owner: ada@example.com
            days: {{days}}
            repeatsEveryMonths: 3
            startsAt: 2030-01-07T08:00:00Z
        frameworks:
          - id: acme-baseline
            name: Baseline
            edition: "2026"
            controls:
              - id: AC-1
                title: Everybody uses a second factor
                theme: access
                checks: [member-strong-auth]
        followedFrameworks: [acme-baseline, gdpr]
        exceptions:
          - source: Acme
            check: {{check}}
            reason: It is known and will be mended.
            endsAt: {{ends:O}}
        """;

    private static string Yaml(ServedOrganization served, string schedule) =>
        $$"""
        watchbill: 1
        sources:
          - name: Acme
            application: Shop
            address: {{served.Sentry.BaseAddress.AbsoluteUri}}
            organization: acme
            owners: [ada@example.com]
            schedule: {{schedule}}
            budgetShare: 0.5
            allowPrivateNetworks: true
            token: { env: ACME_TOKEN }
            checks:
              member-inactive: { inactiveDays: "60" }
        channels:
          - name: Ops
            kind: webhook
            address: { env: OPS_URL }
            source: Acme
        policies:
          - name: On call
            kinds: [team-membership]
            longestMinutes: 480
        """;
}
