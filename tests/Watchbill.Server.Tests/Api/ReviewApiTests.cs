using System.Net;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Reviews;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>A review from its preparation to its report, through the typed client, with API tokens of the people who take part.</summary>
public sealed class ReviewApiTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory, EveryEngine]
    public async Task A_review_is_prepared_decided_closed_and_reported(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartReadAsync(engine: engine);
        var (lead, reviewer) = (await ApiPerson.JoinAsync(served, "lead@example.org", Role.ComplianceManager), await ApiPerson.JoinAsync(served, "rex@example.org", Role.Member));
        var connector = (await lead.Client.Connectors.ListAsync(None))[0].Id;
        var plan = new CampaignPlan { Connector = connector, Name = "Admins", Owner = lead.Account, ReviewerRules = ["named"], Named = [reviewer.Account], Kinds = ["org-role"], Days = 7 };
        Assert.Equal("campaign-invalid", (await RefusedAsync(() => lead.Client.Reviews.CreateAsync(plan with { Kinds = ["shoe"] }, None))).Code);
        Assert.Equal("reviewer-invalid", (await RefusedAsync(() => lead.Client.Reviews.CreateAsync(plan with { Owner = 999 }, None))).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => reviewer.Client.Reviews.CreateAsync(plan, None))).Status);
        var prepared = await lead.Client.Reviews.CreateAsync(plan, None);
        Assert.Equal("campaign-not-found", (await RefusedAsync(() => reviewer.Client.Reviews.FindAsync(prepared.Id, None))).Code);
        var edited = await lead.Client.Reviews.EditAsync(prepared.Id, plan with { Name = "Organization roles" }, None);
        Assert.Equal(("Organization roles", "draft"), (edited.Plan.Name, edited.State));

        var started = await lead.Client.Reviews.StartAsync(prepared.Id, None);
        Assert.Equal(("running", 64), (started.State, started.PopulationSha256!.Length));
        var mine = (await reviewer.Client.Reviews.ItemsAsync(prepared.Id, new ReviewItemQuery { Limit = 1000 }, None)).Items;
        Assert.Equal(started.PopulationRows, mine.Count);
        Assert.Single(await reviewer.Client.Reviews.ListAsync(None));
        await reviewer.Client.Reviews.ReassignAsync(prepared.Id, mine[0].Id, new NewReviewer(lead.Account, "I do not know them."), None);
        Assert.Equal("review-item-not-yours", (await RefusedAsync(() => reviewer.Client.Reviews.DecideAsync(prepared.Id, new ReviewDecisions([new() { Item = mine[0].Id, Decision = "certify" }]), None))).Code);
        await reviewer.Client.Reviews.DecideAsync(prepared.Id, new ReviewDecisions([.. mine.Skip(1).Select(static item => new ReviewDecision { Item = item.Id, Decision = "certify", Reason = "Needed." })]), None);
        Assert.Equal(new ReviewSubmission(mine.Count - 1, 0, 0), await reviewer.Client.Reviews.SubmitAsync(prepared.Id, None));
        await lead.Client.Reviews.DecideAsync(prepared.Id, new ReviewDecisions([new() { Item = mine[0].Id, Decision = "revoke", Reason = "Unknown." }]), None);
        await lead.Client.Reviews.SubmitAsync(prepared.Id, None);

        Assert.Equal("closing", (await lead.Client.Reviews.CloseAsync(prepared.Id, None)).State);
        Assert.Equal("review-left-over", (await RefusedAsync(() => lead.Client.Reviews.CompleteAsync(prepared.Id, new ReviewReason(), None))).Code);
        Assert.Equal("completed", (await lead.Client.Reviews.CompleteAsync(prepared.Id, new ReviewReason("Removed by hand."), None)).State);
        var report = await lead.Client.Reviews.ReportAsync(prepared.Id, None);
        Assert.True(report is { Reconciles: true, PopulationIsIntact: true, Undecided: 0 });
        Assert.Equal((mine.Count - 1, 1), (report.Decisions["certify"], report.Outcomes["escalated"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => reviewer.Client.Reviews.ReportAsync(prepared.Id, None))).Status);
        Assert.Equal("campaign-state-forbids", (await RefusedAsync(() => lead.Client.Reviews.CancelAsync(prepared.Id, new ReviewReason("Oops."), None))).Code);
    }

    private static Task<WatchbillApiException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<WatchbillApiException>(call);
}
