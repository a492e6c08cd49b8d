using Watchbill.Requests;
using Watchbill.Requests.Answering;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Reviews;

namespace Watchbill.Tests.Requests;

/// <summary>Whoever was asked answers by the link in their mail: once, and nothing else.</summary>
public sealed class AnswerLinkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task A_link_answers_once_for_the_person_and_step_it_was_made_for(TestEngine engine)
    {
        var rules = RequestScene.Rules() with
        {
            Steps =
            [
                new ApprovalStep { Rules = [ApproverRule.Named], Named = [Accounts.Ben.Id.Value, Accounts.Ada.Id.Value] },
                new ApprovalStep { Rules = [ApproverRule.Named], Named = [Accounts.Ada.Id.Value] },
            ],
        };
        await using var scene = await RequestScene.StartAsync(engine, rules);
        var request = await scene.AskAsync(scene.Draft(scene.Team()));
        var (bens, adas, links) = (LinkTo(scene, Accounts.Ben.Id), LinkTo(scene, Accounts.Ada.Id), scene.Get<AnswerByLink>());
        Assert.NotEqual(bens, adas);
        Assert.DoesNotContain(scene.Announced, notice => notice.Path.Contains(bens, StringComparison.Ordinal) || notice.Path.Contains(adas, StringComparison.Ordinal));
        Assert.Equal((request.Id, Accounts.Ben.Name), (ReviewScene.Must(await links.LookAsync(bens, Stop)).Request.Id, ReviewScene.Must(await links.LookAsync(bens, Stop)).Name));

        Assert.Equal("denial-reason-needed", (await links.DenyAsync(bens, "", Stop)).Refusal?.Code);
        Assert.Equal("request-time-invalid", (await links.ApproveAsync(bens, 999, reason: null, Stop)).Refusal?.Code);
        Assert.Equal(2, ReviewScene.Must(await links.ApproveAsync(bens, 30, "Yes.", Stop)).Step);
        foreach (var dead in new[] { bens, adas, null, "", "x", new string('a', 43) })
        {
            Assert.Equal("answer-link-dead", (await links.LookAsync(dead, Stop)).Refusal?.Code);
            Assert.Equal("answer-link-dead", (await links.ApproveAsync(dead, minutes: null, reason: null, Stop)).Refusal?.Code);
            Assert.Equal("answer-link-dead", (await links.DenyAsync(dead, "No.", Stop)).Refusal?.Code);
        }

        var second = LinkTo(scene, Accounts.Ada.Id);
        Assert.Equal(RequestState.Approved, ReviewScene.Must(await links.ApproveAsync(second, minutes: null, reason: null, Stop)).State);
        Assert.Equal([Accounts.Ben.Id, Accounts.Ada.Id], (await scene.DetailsAsync(request)).Said.Select(static said => said.Account!.Value));
        Assert.Equal(30, (await scene.DetailsAsync(request)).Request.GrantedMinutes);
    }

    [Fact]
    public async Task Of_two_who_use_one_link_at_once_one_is_answered()
    {
        await using var scene = await RequestScene.StartAsync();
        await scene.AskAsync(scene.Draft(scene.Team()));
        var (link, links) = (LinkTo(scene, Accounts.Ben.Id), scene.Get<AnswerByLink>());
        var answers = await Task.WhenAll(links.ApproveAsync(link, minutes: null, reason: null, Stop), links.DenyAsync(link, "No.", Stop));
        Assert.Single(answers, static answer => answer.Succeeded);
    }

    [Fact]
    public async Task It_does_not_outlive_the_request()
    {
        await using var scene = await RequestScene.StartAsync();
        var withdrawn = await scene.AskAsync(scene.Draft(scene.Team()));
        var first = LinkTo(scene, Accounts.Ben.Id);
        ReviewScene.Must(await scene.Get<DecideRequests>().WithdrawAsync(withdrawn.Id, ReviewScene.Cyd, Stop));
        Assert.Equal("answer-link-dead", (await scene.Get<AnswerByLink>().LookAsync(first, Stop)).Refusal?.Code);
        await scene.AskAsync(scene.Draft(scene.Team()));
        var late = LinkTo(scene, Accounts.Ben.Id);
        await scene.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal("answer-link-dead", (await scene.Get<AnswerByLink>().LookAsync(late, Stop)).Refusal?.Code);
    }

    private static string LinkTo(RequestScene scene, Kernel.AccountId account) => scene.Mail.Last(mail => mail.To == account && mail.Kind == "request-waits").Path["/answer/".Length..];
}
