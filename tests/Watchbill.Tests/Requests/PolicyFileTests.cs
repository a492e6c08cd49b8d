using Watchbill.Requests;
using Watchbill.Requests.Files;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Reviews;

namespace Watchbill.Tests.Requests;

/// <summary>Policies as one text: what is written is what is read, and what cannot be read changes nothing.</summary>
public sealed class PolicyFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_is_what_is_imported()
    {
        await using var scene = await RequestScene.StartAsync();
        var (files, manage, team) = (scene.Get<PolicyFiles>(), scene.Get<ManagePolicies>(), scene.Team());
        var rules = new PolicyRules
        {
            Connector = scene.At.Connector.Id.Value,
            Kinds = [AccessKind.TeamMembership, AccessKind.OrgRole],
            Teams = [$"{team.Id}"],
            Roles = ["contributor", "admin"],
            AskerTeams = ["424242"],
            LongestMinutes = 90,
            AllowForever = true,
            Steps = [new ApprovalStep { Rules = [ApproverRule.TeamAdmin, ApproverRule.Named], Named = [Accounts.Ben.Id.Value], Needed = 2 }, new ApprovalStep { Rules = [ApproverRule.Manager] }],
            TicketPattern = "[A-Z]+-[0-9]+: \"#",
            Auto = new AutoApproval { OnTeams = [$"{team.Id}"], FromHour = 8, UntilHour = 18, TimeZone = "Europe/Berlin" },
            BreakGlassMinutes = 15,
        };
        ReviewScene.Must(await manage.SaveAsync(new RequestPolicy { Name = "on: {call} # yes", Position = 7, IsOn = false, Rules = rules }, ReviewScene.Ada, Stop));

        var text = ReviewScene.Must(await files.ExportAsync(ReviewScene.Ada, Stop));
        Assert.Matches($"teams:\\n +- \"?{team.Slug}\"?\\n", text);
        Assert.Contains(Accounts.Ben.Email, text, StringComparison.Ordinal);
        Assert.All(ReviewScene.Must(await files.ImportAsync(text, isDryRun: false, ReviewScene.Ada, Stop)), static change => Assert.Equal(PolicyChangeKind.Same, change.Kind));

        var changed = text.Replace("longestMinutes: 90", "longestMinutes: 60", StringComparison.Ordinal);
        Assert.Equal(PolicyChangeKind.Changed, ReviewScene.Must(await files.ImportAsync(changed, isDryRun: true, ReviewScene.Ada, Stop)).Single(static one => one.Name.StartsWith("on", StringComparison.Ordinal)).Kind);
        Assert.All(ReviewScene.Must(await manage.ListAsync(ReviewScene.Ada, Stop)), static policy => Assert.Equal(1, policy.Version));
        ReviewScene.Must(await files.ImportAsync(changed, isDryRun: false, ReviewScene.Ada, Stop));
        var after = ReviewScene.Must(await manage.ListAsync(ReviewScene.Ada, Stop));
        Assert.Equal([(1, 480), (2, 60)], after.Select(static policy => (policy.Version, policy.Rules.LongestMinutes)));
        Assert.Equivalent(rules with { LongestMinutes = 60 }, after[1].Rules);
        Assert.Equal("right-missing", (await files.ImportAsync(text, isDryRun: true, ReviewScene.Cyd, Stop)).Refusal?.Code);
    }

    [Theory]
    [InlineData("", "no list of policies")]
    [InlineData("policies:", "no list of policies")]
    [InlineData("policies:\n  - ", "no list of policies")]
    [InlineData("policies: 7", "line 1")]
    [InlineData("policies:\n  - name: A\n    longestMinute: 5", "line 3, column 5: there is no longestMinute here")]
    [InlineData("policies:\n  - name: A\n    name: B", "line 3")]
    [InlineData("policies:\n  - longestMinutes: 5", "no name")]
    [InlineData("policies:\n  - name: A\n    source: Elsewhere", "source Elsewhere")]
    [InlineData("policies:\n  - name: A\n    teams: [payments]", "but no source")]
    [InlineData("policies:\n  - name: A\n    source: Acme\n    teams: [no-such-team]", "team no-such-team")]
    [InlineData("policies:\n  - name: A\n    kinds: [everything]", "kind everything")]
    [InlineData("policies:\n  - name: A\n    steps: [{rules: [named], named: [who@example.com]}]", "account who@example.com")]
    [InlineData("policies:\n  - name: A\n  - name: A", "twice")]
    [InlineData("policies:\n  - name: A\n  - name: B\n    longestMinutes: 1", "B: ")]
    [InlineData("policies: &a\n  - name: A\n    teams: *a", "line ")]
    [InlineData("policies: [[[[[[[[", "line ")]
    public async Task What_cannot_be_read_is_named_and_changes_nothing(string text, string why)
    {
        await using var scene = await RequestScene.StartAsync();
        var refusal = (await scene.Get<PolicyFiles>().ImportAsync(text, isDryRun: false, ReviewScene.Ada, Stop)).Refusal;
        Assert.Contains(why, refusal?.Message, StringComparison.Ordinal);
        Assert.Single(ReviewScene.Must(await scene.Get<ManagePolicies>().ListAsync(ReviewScene.Ada, Stop)));
    }

    [Fact]
    public async Task A_long_text_is_not_read()
    {
        await using var scene = await RequestScene.StartAsync();
        var text = $"policies:\n  - name: {new string('x', 300_000)}";
        Assert.Equal("policy-file-invalid", (await scene.Get<PolicyFiles>().ImportAsync(text, isDryRun: false, ReviewScene.Ada, Stop)).Refusal?.Code);
    }
}
