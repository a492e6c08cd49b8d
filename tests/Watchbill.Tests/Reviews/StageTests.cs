using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Reviews;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Reviews;

/// <summary>In a review of several stages each looks at what the one before kept, by another person, and only what the last one keeps stays.</summary>
public sealed class StageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task What_is_kept_goes_on_and_what_is_revoked_is_revoked(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine);
        var campaign = await scene.RunAsync(TwoStages(scene));
        var items = await scene.ItemsAsync(campaign.Id);
        var plain = items.Where(static item => item is { Kind: GrantKind.TeamMembership, IsPrivileged: false, Role: "contributor" or "member" or "" }).Take(3).ToList();
        var (first, second, excepted) = (plain[0], plain[1], plain[2]);
        Assert.All(items, static item => Assert.Equal((1, 2, Accounts.Cyd.Id, Accounts.Ben.Id), (item.Stage, item.Stages.Count, item.Reviewer, item.Stages[1].Reviewer)));

        var done = await DecideAllAsync(scene, campaign.Id, ReviewScene.Cyd, (first, Decision.Revoke));
        Assert.Equal(new Submission(items.Count, 0, items.Count - 1), done);
        var later = await scene.ItemsAsync(campaign.Id);
        Assert.Equal(Decision.Revoke, later.Single(item => item.SubmittedAt is not null).Decision);
        Assert.All(later.Where(static item => item.SubmittedAt is null), static item => Assert.Equal((2, Accounts.Ben.Id, null), (item.Stage, item.Reviewer, item.Decision)));
        Assert.Equal("certify by Cyd: Looked at.", later.First(item => item.Id == second.Id).Earlier.Single().Said(Word.Of));
        Assert.Equal((Accounts.Ben.Id, "review-passed-on"), MailOf(scene).Where(static mail => mail.To == Accounts.Ben.Id).Select(static mail => (mail.To, mail.Kind)).Single());
        Assert.Equal("review-item-not-yours", (await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(second.Id, Decision.Revoke) { Reason = "After all." }], ReviewScene.Cyd, Stop)).Refusal?.Code);
        Assert.Equal(campaign.Id, ReviewScene.Must(await scene.Get<ManageCampaigns>().FindAsync(campaign.Id, ReviewScene.Cyd, Stop)).Id);
        Assert.Contains(ReviewScene.Must(await scene.Get<ManageCampaigns>().ListAsync(ReviewScene.Cyd, Stop)), one => one.Id == campaign.Id);

        await DecideAllAsync(scene, campaign.Id, ReviewScene.Ben, (second, Decision.Revoke), (excepted, Decision.Except));
        var progress = ReviewScene.Must(await scene.Get<ManageCampaigns>().ProgressAsync(campaign.Id, ReviewScene.Ada, Stop)).ToDictionary(static one => one.Reviewer);
        Assert.Equal((items.Count, items.Count, items.Count - 1), (progress[Accounts.Cyd.Id].All, progress[Accounts.Cyd.Id].Submitted, progress[Accounts.Cyd.Id].Certified));
        Assert.Equal((items.Count - 1, items.Count - 1, items.Count - 3), (progress[Accounts.Ben.Id].All, progress[Accounts.Ben.Id].Submitted, progress[Accounts.Ben.Id].Certified));
        Assert.NotNull(progress[Accounts.Cyd.Id].FirstDecision);
        await scene.CloseAsync(campaign.Id);
        await scene.ChangeSentryAsync();
        Assert.Equal(CampaignState.Completed, (await scene.FollowAsync(campaign.Id)).State);
        var report = ReviewScene.Must(await scene.Get<CampaignReport>().RunAsync(campaign.Id, ReviewScene.Ada, Stop));
        Assert.True(report is { Reconciles: true, PopulationIsIntact: true, Undecided: 0 });
        Assert.Equal((2, 1, items.Count - 3), (report.Decisions[Decision.Revoke], report.Decisions[Decision.Except], report.Decisions[Decision.Certify]));
        Assert.Contains(",2,certify by Cyd: Looked at.,revoke,", CampaignReport.Csv(report.Items), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_last_stage_did_not_decide_is_not_kept()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var campaign = await scene.RunAsync(TwoStages(scene));
        await DecideAllAsync(scene, campaign.Id, ReviewScene.Cyd);
        Assert.Equal(campaign.Id, Assert.Single(ReviewScene.Must(await scene.Get<ManageCampaigns>().ListAsync(ReviewScene.Cyd, Stop))).Id);
        Assert.True((await scene.Get<ManageCampaigns>().FindAsync(campaign.Id, ReviewScene.Cyd, Stop)).Succeeded);

        await scene.CloseAsync(campaign.Id);

        Assert.All(await scene.ItemsAsync(campaign.Id), static item => Assert.Equal((Outcome.Escalated, null), (item.Outcome, item.Decision)));
    }

    [Fact]
    public async Task Each_stage_needs_another_person_and_never_the_one_in_question()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        scene.Acme.Acme.AddMember(Accounts.Ben.Email, "member");
        await scene.Acme.SyncAsync();
        var choice = new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [Accounts.Ben.Id.Value] };
        var same = scene.Plan() with { Later = [choice] };

        var preview = ReviewScene.Must(await scene.Get<StartCampaign>().PreviewAsync(same with { Reviewers = choice with { Second = Accounts.Cyd.Id.Value } }, ReviewScene.Ada, Stop)).Items;
        Assert.All(preview, static item => Assert.NotEqual(item.Stages[0].Reviewer, item.Stages[1].Reviewer));
        Assert.All(preview.Where(static item => item.Email == Accounts.Ben.Email), static item => Assert.DoesNotContain(item.Stages, static stage => stage.Reviewer == Accounts.Ben.Id));
        Assert.All(preview.Where(static item => item.Email != Accounts.Ben.Email), static item => Assert.Equal((Accounts.Ben.Id, Accounts.Ada.Id), (item.Stages[0].Reviewer, item.Stages[1].Reviewer)));
        Assert.Equal("review-without-other-reviewer", (await scene.Get<StartCampaign>().PreviewAsync(same with { Owner = Accounts.Ben.Id }, ReviewScene.Ada, Stop)).Refusal?.Code);

        var campaign = await scene.RunAsync(TwoStages(scene) with { Later = [choice with { Second = Accounts.Ada.Id.Value }] });
        var item = (await scene.ItemsAsync(campaign.Id)).First(static item => item.Email != Accounts.Ben.Email);
        var refused = await scene.Get<ReassignItems>().RunAsync((campaign.Id, [item.Id]), Accounts.Ben.Id, "On holiday.", ReviewScene.Ada, Stop);
        Assert.Equal("review-other-stage", refused.Refusal?.Code);
    }

    [Fact]
    public async Task Stages_that_make_no_sense_are_refused()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var named = new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [Accounts.Ben.Id.Value] };
        foreach (var later in (IReadOnlyList<ReviewerChoice>[])[[named, named, named], [named with { Rules = [] }], [named with { Named = [] }], [named with { Named = [99] }]])
        {
            var refused = await scene.Get<ManageCampaigns>().CreateAsync(scene.Plan() with { Later = later }, ReviewScene.Ada, Stop);
            Assert.Equal(RefusalKind.Invalid, refused.Refusal?.Kind);
        }
    }

    /// <summary>First Cyd, then Ben.</summary>
    private static CampaignDraft TwoStages(ReviewScene scene) => scene.Plan() with
    {
        Reviewers = new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [Accounts.Cyd.Id.Value], Second = Accounts.Ada.Id.Value },
        Later = [new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [Accounts.Ben.Id.Value] }],
    };

    private static IReadOnlyList<OwnerMessage> MailOf(ReviewScene scene) => scene.Get<IOwnerMail>() is Accounts accounts ? accounts.Mail : [];

    /// <summary>Somebody decides on everything of theirs, keeping it but for these, and submits.</summary>
    private static async Task<Submission> DecideAllAsync(ReviewScene scene, CampaignId campaign, Watchbill.People.Caller reviewer, params (ReviewItem Item, Decision Decision)[] others)
    {
        var mine = (await scene.ItemsAsync(campaign)).Where(item => item.Reviewer == reviewer.Account && item.SubmittedAt is null);
        var drafts = mine.Select(item => others.FirstOrDefault(one => one.Item.Id == item.Id) is { Item: not null } other
            ? new DraftDecision(item.Id, other.Decision) { Reason = "Not needed.", Until = other.Decision is Decision.Except ? TimeProvider.System.GetUtcNow().AddDays(30) : null }
            : new DraftDecision(item.Id, Decision.Certify) { Reason = "Looked at." });
        ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(campaign, [.. drafts], reviewer, Stop));
        return ReviewScene.Must(await scene.Get<DecideItems>().SubmitAsync(campaign, reviewer, Stop));
    }
}
