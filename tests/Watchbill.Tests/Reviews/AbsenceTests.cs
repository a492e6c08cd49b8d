using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Reviews;
using Watchbill.Reviews.Absences;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Reviews;

/// <summary>While somebody is away their stand-in reviews, and no way leads to deciding about oneself.</summary>
public sealed class AbsenceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory, EveryEngine]
    public async Task What_starts_while_somebody_is_away_goes_to_the_stand_in(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine, writes: false);
        scene.Acme.Acme.AddMember(Accounts.Cyd.Email, "member");
        await scene.Acme.SyncAsync();
        await AwayAsync(scene, ReviewScene.Ben, Accounts.Cyd);

        var items = await scene.ItemsAsync((await scene.RunAsync()).Id);

        Assert.All(items.Where(static item => item.Email != Accounts.Cyd.Email), static item => Assert.Equal((Accounts.Cyd.Id, "stand-in"), (item.Reviewer, item.ReviewerBy)));
        Assert.Equal((Accounts.Ada.Id, "owner"), items.Where(static item => item.Email == Accounts.Cyd.Email).Select(static item => (item.Reviewer, item.ReviewerBy)).Distinct().Single());
    }

    [Theory, EveryEngine]
    public async Task What_is_open_is_handed_over_once_but_never_to_the_one_in_question(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine, writes: false);
        var own = scene.Acme.Acme.AddMember(Accounts.Cyd.Email, "member");
        await scene.Acme.SyncAsync();
        var campaign = await scene.RunAsync();
        var before = await scene.ItemsAsync(campaign.Id);
        var submitted = before[0];
        ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(submitted.Id, Decision.Certify) { Reason = "Needed." }], ReviewScene.Ben, Stop));
        ReviewScene.Must(await scene.Get<DecideItems>().SubmitAsync(campaign.Id, ReviewScene.Ben, Stop));
        Assert.Empty(await scene.Get<HandOver>().RunDueAsync(Stop));
        await AwayAsync(scene, ReviewScene.Ben, Accounts.Cyd);

        Assert.Equal([campaign.Id], await scene.Get<HandOver>().RunDueAsync(Stop));
        Assert.Empty(await scene.Get<HandOver>().RunDueAsync(Stop));

        var items = await scene.ItemsAsync(campaign.Id);
        Assert.All(items, item => Assert.Equal(
            item.Id == submitted.Id || item.Principal == $"{own.Id}" ? (Accounts.Ben.Id, "named") : (Accounts.Cyd.Id, "stand-in"), (item.Reviewer, item.ReviewerBy)));
        var mail = Assert.Single(MailOf(scene), static mail => mail.Kind == "review-stand-in");
        Assert.Equal(Accounts.Cyd.Id, mail.To);
        Assert.Contains("Ben is away", mail.Sentences[0], StringComparison.Ordinal);
        Assert.Equal("review-item-not-yours", (await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(items[1].Id, Decision.Certify) { Reason = "Needed." }], ReviewScene.Ben, Stop)).Refusal?.Code);
        ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(items[1].Id, Decision.Certify) { Reason = "Needed." }], ReviewScene.Cyd, Stop));
        Assert.Equal(
            "review-own-access",
            (await scene.Get<ReassignItems>().RunAsync((campaign.Id, [items.First(item => item.Principal == $"{own.Id}").Id]), Accounts.Cyd.Id, "Away.", ReviewScene.Ben, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Stand_ins_of_stand_ins_other_stages_and_absences_to_come_change_nothing()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var ben = new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [Accounts.Ben.Id.Value] };
        var staged = await scene.RunAsync(scene.Plan() with { Later = [ben with { Named = [Accounts.Cyd.Id.Value] }] });
        await AwayAsync(scene, ReviewScene.Ben, Accounts.Cyd);
        Assert.Empty(await scene.Get<HandOver>().RunDueAsync(Stop));
        Assert.All(await scene.ItemsAsync(staged.Id), static item => Assert.Equal(Accounts.Ben.Id, item.Reviewer));

        await AwayAsync(scene, ReviewScene.Ben, Accounts.Ada);
        await AwayAsync(scene, ReviewScene.Ada, Accounts.Cyd);
        Assert.Empty(await scene.Get<HandOver>().RunDueAsync(Stop));

        ReviewScene.Must(await scene.Get<ManageAbsences>().EndAsync(ReviewScene.Ada, Stop));
        ReviewScene.Must(await scene.Get<ManageAbsences>().SetAsync(Accounts.Ada.Email, (Now.AddDays(1), Now.AddDays(9)), ReviewScene.Ben, Stop));
        Assert.Empty(await scene.Get<HandOver>().RunDueAsync(Stop));
        Assert.Equal("Ada", ReviewScene.Must(await scene.Get<ManageAbsences>().FindAsync(ReviewScene.Ben, Stop))?.StandInName);
        Assert.Null(ReviewScene.Must(await scene.Get<ManageAbsences>().FindAsync(ReviewScene.Ada, Stop)));
    }

    [Fact]
    public async Task Absences_that_make_no_sense_are_refused()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var absences = scene.Get<ManageAbsences>();
        foreach (var (standIn, from, until, code) in ((string, int, int, string)[])
            [
                ("ben@example.com", 0, 5, "stand-in-invalid"), ("nobody@example.com", 0, 5, "stand-in-invalid"), ("", 0, 5, "stand-in-invalid"),
                ("cyd@example.com", 5, 4, "absence-invalid"), ("cyd@example.com", -9, -1, "absence-invalid"), ("cyd@example.com", 0, 400, "absence-invalid"),
            ])
        {
            Assert.Equal(code, (await absences.SetAsync(standIn, (Now.AddDays(from), Now.AddDays(until)), ReviewScene.Ben, Stop)).Refusal?.Code);
        }

        Assert.Equal("review-needs-account", (await absences.SetAsync("cyd@example.com", (Now, Now.AddDays(1)), ConnectedOrganization.Somebody, Stop)).Refusal?.Code);
        Assert.Null(ReviewScene.Must(await absences.FindAsync(ReviewScene.Ben, Stop)));
    }

    private static async Task AwayAsync(ReviewScene scene, Caller who, OwnerAccount standIn) =>
        ReviewScene.Must(await scene.Get<ManageAbsences>().SetAsync($" {standIn.Email.ToUpperInvariant()} ", (Now.AddMinutes(-1), Now.AddDays(7)), who, Stop));

    private static IReadOnlyList<OwnerMessage> MailOf(ReviewScene scene) => scene.Get<IOwnerMail>() is Accounts accounts ? accounts.Mail : [];
}
