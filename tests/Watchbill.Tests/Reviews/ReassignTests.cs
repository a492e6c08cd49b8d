using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Reviews;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Reviews;

/// <summary>Lines are given to somebody who knows the people, and to nobody else.</summary>
public sealed class ReassignTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task What_the_new_reviewer_may_take_is_given_and_the_rest_stays(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine, writes: false);
        var own = scene.Acme.Acme.AddMember(Accounts.Cyd.Email, "member");
        await scene.Acme.SyncAsync();
        var campaign = await scene.RunAsync();
        var items = (await scene.ItemsAsync(campaign.Id)).Where(static item => item.Reviewer == Accounts.Ben.Id).ToList();
        ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(items[0].Id, Decision.Certify) { Reason = "Needed." }], ReviewScene.Ben, Stop));

        var done = ReviewScene.Must(await scene.Get<ReassignItems>().RunAsync((campaign.Id, [.. items.Select(static item => item.Id)]), Accounts.Cyd.Id, "Cyd knows them.", ReviewScene.Ben, Stop));

        var kept = Assert.Single(done.Stayed);
        Assert.Equal(("review-own-access", items.Count - 1), (kept.Code, done.Given.Count));
        Assert.All(await scene.ItemsAsync(campaign.Id), item => Assert.Equal(
            item.Principal == $"{own.Id}" || items.All(one => one.Id != item.Id), item.Reviewer != Accounts.Cyd.Id));
        Assert.Null((await scene.ItemsAsync(campaign.Id)).Single(item => item.Id == items[0].Id).Decision);
        var mail = Assert.Single(((Accounts)scene.Get<IOwnerMail>()).Mail, static mail => mail.Kind == "review-reassigned");
        Assert.Equal(Accounts.Cyd.Id, mail.To);
        Assert.Contains("Cyd knows them.", mail.Sentences[0], StringComparison.Ordinal);
        Assert.Equal("review-item-already-theirs", (await GiveAsync(scene, campaign, items[0], ReviewScene.Ada, "Again.")).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_gives_away_what_is_not_theirs_or_more_than_fits()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var campaign = await scene.RunAsync();
        var item = (await scene.ItemsAsync(campaign.Id)).First(static item => item.Reviewer == Accounts.Ben.Id);

        Assert.Equal("review-item-not-found", (await GiveAsync(scene, campaign, item, ReviewScene.Cyd, "Mine.")).Refusal?.Code);
        Assert.Equal("campaign-not-found", (await scene.Get<ReassignItems>().PossibleAsync(campaign.Id, ReviewScene.Cyd, Stop)).Refusal?.Code);
        Assert.Contains(Accounts.Cyd.Id, ReviewScene.Must(await scene.Get<ReassignItems>().PossibleAsync(campaign.Id, ReviewScene.Ben, Stop)).Select(static one => one.Id));
        Assert.Equal("reason-needed", (await GiveAsync(scene, campaign, item, ReviewScene.Ben, " ")).Refusal?.Code);
        Assert.Equal("review-items-missing", (await scene.Get<ReassignItems>().RunAsync((campaign.Id, []), Accounts.Cyd.Id, "None.", ReviewScene.Ben, Stop)).Refusal?.Code);
        IReadOnlyCollection<ReviewItemId> many = [.. Enumerable.Range(1, ReassignItems.MostAtOnce + 1).Select(static number => new ReviewItemId(number))];
        Assert.Equal("review-items-missing", (await scene.Get<ReassignItems>().RunAsync((campaign.Id, many), Accounts.Cyd.Id, "All.", ReviewScene.Ben, Stop)).Refusal?.Code);
        Assert.Equal("reviewer-invalid", (await scene.Get<ReassignItems>().RunAsync((campaign.Id, [item.Id]), new AccountId(99), "To nobody.", ReviewScene.Ben, Stop)).Refusal?.Code);
        Assert.Equal(Accounts.Ben.Id, (await scene.ItemsAsync(campaign.Id)).Single(one => one.Id == item.Id).Reviewer);
    }

    private static Task<Result<Reassignment>> GiveAsync(ReviewScene scene, Campaign campaign, ReviewItem item, Caller caller, string reason) =>
        scene.Get<ReassignItems>().RunAsync((campaign.Id, [item.Id]), Accounts.Cyd.Id, reason, caller, Stop);
}
