using Watchbill.Contracts.Client;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Terraform.Protocol;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform.Tests;

/// <summary>Policies, reviews, frameworks and exceptions by Terraform, on the wire, against a real server.</summary>
public sealed class GovernanceTests
{
    [Fact]
    public async Task A_policy_with_steps_is_made_changed_seen_to_drift_imported_and_switched_off_when_it_is_removed()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);
        var policies = new Planned(provider, "watchbill_request_policy");
        var config = policies.Config(
            ("name", Value.Of("On call")), ("source", Value.Of("1")), ("longest_minutes", Value.Of(240)), ("emergency_minutes", Value.Of(60)),
            ("steps", Value.OfAll([Step(["team-admin", "named"], named: ["ada@example.com"]), Step(["manager"], needed: 1)])),
            ("automatic", MapValue.Of(("on_teams", Value.Null), ("up_to_minutes", Value.Of(30)), ("from_hour", Value.Null), ("until_hour", Value.Null), ("time_zone", Value.Null))));

        var made = await policies.ApplyAsync(config);
        Assert.True(await policies.IsSteadyAsync(config, made));
        var kept = Assert.Single(await new WatchbillClient(await served.ProgramAsync(Role.Auditor)).Requests.PoliciesAsync(default));
        Assert.Equal(("On call", 240, 60, 30, 2), (kept.Name, kept.LongestMinutes, kept.BreakGlassMinutes, kept.Auto!.UpToMinutes, kept.Steps.Count));

        var changed = await policies.ApplyAsync(config.With("longest_minutes", Value.Of(120)).With("steps", Value.Null), made);
        Assert.Equal(made.Text("id"), changed.Text("id"));
        var manager = new WatchbillClient(await served.ProgramAsync(Role.AccessManager));
        var now = Assert.Single(await manager.Requests.PoliciesAsync(default));
        await manager.Requests.SavePolicyAsync(now with { LongestMinutes = 999 }, default);
        Assert.Equal(999, (await policies.ReadAsync(changed))!.Number("longest_minutes"));
        Assert.Equal(60, (await policies.ImportAsync("On call")).Number("emergency_minutes"));

        await policies.RemoveAsync(changed);
        Assert.False(Assert.Single(await manager.Requests.PoliciesAsync(default)).IsOn);
        var again = await policies.ApplyAsync(config);
        Assert.Equal(made.Text("id"), again.Text("id"));
        Assert.Contains("already", await policies.RefusalAsync(config), StringComparison.Ordinal);
        Assert.Contains("nobody@example.com", await policies.RefusalAsync(config.With("name", Value.Of("Other")).With("steps", Value.OfAll([Step(["named"], named: ["nobody@example.com"])]))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_of_a_review_is_that_of_the_next_one_once_one_has_started()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);
        var reviews = new Planned(provider, "watchbill_access_review");
        var config = reviews.Config(
            ("name", Value.Of("Quarterly")), ("source", Value.Of("1")), ("owner", Value.Of("ada@example.com")), ("reviewer_rules", Value.Of(["named", "manager"])),
            ("named", Value.Of(["ada@example.com"])), ("second", Value.Of("grace@example.com")), ("starts_at", Value.Of("2030-01-07T08:00:00+01:00")), ("repeats_every_months", Value.Of(3)),
            ("later", Value.OfAll([MapValue.Of(("rules", Value.Of(["named"])), ("named", Value.Of(["grace@example.com", "joan@example.com"])), ("second", Value.Of("joan@example.com")))])));

        var made = await reviews.ApplyAsync(config);
        Assert.Equal("scheduled", made.Text("state"));
        Assert.True(await reviews.IsSteadyAsync(config, made));
        var changed = await reviews.ApplyAsync(config.With("days", Value.Of(21)), made);
        Assert.Equal((made.Text("id"), 21), (changed.Text("id"), changed.Whole("days")));

        var manager = new WatchbillClient(await served.ProgramAsync(Role.SuperAdministrator));
        var review = Assert.Single(await manager.Reviews.ListAsync(default));
        await manager.Reviews.StartAsync(review.Id, default);
        var running = (await reviews.ReadAsync(changed))!;
        Assert.Equal(("running", "2030-01-07T08:00:00+01:00"), (running.Text("state"), running.Text("starts_at")));
        Assert.Contains("frozen", await reviews.RefusalAsync(config.With("days", Value.Of(7)), running), StringComparison.Ordinal);

        await manager.Reviews.CloseAsync(review.Id, default);
        await manager.Reviews.CompleteAsync(review.Id, new Contracts.Reviews.ReviewReason { Reason = "Only a trial." }, default);
        var next = (await reviews.ReadAsync(running))!;
        Assert.Equal("scheduled", next.Text("state"));
        Assert.NotEqual(running.Text("id"), next.Text("id"));
        Assert.True((await reviews.PlanAsync(config.With("days", Value.Of(21)), next)).Equals(next));

        await reviews.RemoveAsync(next);
        Assert.Equal(["cancelled", "completed"], (await manager.Reviews.ListAsync(default)).Select(static one => one.State).Order(StringComparer.Ordinal));
        Assert.Null(await reviews.ReadAsync(next));
        Assert.Equal("Quarterly", (await reviews.ImportAsync(made.Text("id")!)).Text("name"));
    }

    [Fact]
    public async Task The_selection_of_frameworks_is_made_seen_to_drift_imported_and_ended()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);
        var selection = new Planned(provider, "watchbill_framework_selection");
        var config = selection.Config(("frameworks", Value.Of(["gdpr", "cis-v8.1"])));
        var compliance = new WatchbillClient(await served.ProgramAsync(Role.ComplianceManager)).Compliance;

        var made = await selection.ApplyAsync(config);
        Assert.True(await selection.IsSteadyAsync(config, made));
        Assert.Equal(["cis-v8.1", "gdpr"], (await compliance.FollowedAsync(default)).Frameworks);
        Assert.Contains("no-such-list", await selection.RefusalAsync(config.With("frameworks", Value.Of(["no-such-list"])), made), StringComparison.Ordinal);
        await compliance.FollowAsync(new() { Frameworks = ["gdpr"], Reason = "By hand." }, default);
        Assert.Equal(["gdpr"], (await selection.ReadAsync(made))!.Texts("frameworks"));
        Assert.Equal(["gdpr"], (await selection.ImportAsync("selection")).Texts("frameworks"));

        await selection.RemoveAsync(made);
        Assert.Empty((await compliance.FollowedAsync(default)).Frameworks);
        Assert.Null(await selection.ReadAsync(made));
    }

    [Fact]
    public async Task A_framework_of_ones_own_and_an_exception_come_and_go()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);
        var frameworks = new Planned(provider, "watchbill_framework");
        var baseline = frameworks.Config(
            ("id", Value.Of("acme-baseline")), ("name", Value.Of("Baseline")), ("edition", Value.Of("2026")), ("control_count", Value.Of(7)), ("controls", Value.OfAll([Control("AC-1", "member-strong-auth")])));

        var made = await frameworks.ApplyAsync(baseline);
        Assert.True(await frameworks.IsSteadyAsync(baseline, made));
        var changed = await frameworks.ApplyAsync(baseline.With("controls", Value.OfAll([Control("AC-1", "member-strong-auth"), Control("AC-2", "member-inactive")])), made);
        Assert.Equal(2, (await frameworks.ImportAsync("acme-baseline")).Parts("controls").Count);
        Assert.Contains("already", await frameworks.RefusalAsync(baseline), StringComparison.Ordinal);
        Assert.Contains("member-unknown", await frameworks.RefusalAsync(baseline.With("controls", Value.OfAll([Control("AC-1", "member-unknown")])), changed), StringComparison.Ordinal);
        await frameworks.RemoveAsync(changed);
        Assert.Null(await frameworks.ReadAsync(changed));

        var compliance = new WatchbillClient(await served.ProgramAsync(Role.ComplianceManager)).Compliance;
        var failing = (await compliance.RunAsync(1, default)).Lines.First(static line => line.Outcome == "fail").Check;
        var exceptions = new Planned(provider, "watchbill_exception");
        var ends = served.Get<TimeProvider>().GetUtcNow().AddDays(90).ToString("yyyy-MM-dd'T'00:00:00+02:00", System.Globalization.CultureInfo.InvariantCulture);
        var wanted = exceptions.Config(("source", Value.Of("1")), ("check", Value.Of(failing)), ("reason", Value.Of("The break-glass account.")), ("ends_at", Value.Of(ends)));
        var asked = await exceptions.ApplyAsync(wanted);
        Assert.Equal("asked", asked.Text("state"));
        Assert.True(await exceptions.IsSteadyAsync(wanted, asked));
        await compliance.ApproveAsync(long.Parse(asked.Text("id")!, System.Globalization.CultureInfo.InvariantCulture), new() { Reason = "Fine." }, default);
        Assert.Equal("approved", (await exceptions.ReadAsync(asked))!.Text("state"));
        await exceptions.RemoveAsync(asked);
        Assert.Equal("withdrawn", (await exceptions.ImportAsync(asked.Text("id")!)).Text("state"));
    }

    [Theory]
    [InlineData("watchbill_exception", "ends_at", "tomorrow")]
    [InlineData("watchbill_access_review", "starts_at", "soon")]
    [InlineData("watchbill_request_policy", "source", "acme")]
    public async Task What_is_wrong_in_a_configuration_is_told_where(string type, string attribute, string value)
    {
        await using var provider = await ProviderProcess.StartAsync();

        var validated = await provider.Client.ValidateResourceConfigAsync(new TypedConfigRequest { TypeName = type, Config = ValueCodec.Write(new Planned(provider, type).Config((attribute, Value.Of(value)))) });

        Assert.Equal(attribute, Assert.Single(validated.Diagnostics).Attribute.Steps[0].AttributeName);
    }

    private static MapValue Step(string[] rules, string[]? named = null, double? needed = null) =>
        MapValue.Of(("rules", Value.Of(rules)), ("named", Value.OfSome(named ?? [])), ("needed", Value.Of(needed)));

    private static MapValue Control(string id, string check) => MapValue.Of(("id", Value.Of(id)), ("title", Value.Of("Something")), ("theme", Value.Of("access")), ("checks", Value.Of([check])));

    private static async Task<ProviderProcess> ConfiguredAsync(ServedOrganization served)
    {
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        await served.JoinAsync("grace@example.com", "Grace", Role.AccessManager);
        await served.JoinAsync("joan@example.com", "Joan", Role.AccessManager);
        var provider = await ProviderProcess.StartAsync();
        var config = MapValue.Of(("server", Value.Of(served.Server.Listening.AbsoluteUri)), ("token", Value.Of(await served.TokenAsync(Role.SuperAdministrator))));
        Assert.Empty((await provider.Client.ConfigureProviderAsync(new ConfigureRequest { Config = ValueCodec.Write(config) })).Diagnostics);
        return provider;
    }
}
