using Watchbill.Connectors.Provisioning;
using Watchbill.People;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Requests.Insight;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Reviews;
using SentryActor = Watchbill.Sentry.Simulator.State.Actor;

namespace Watchbill.Tests.Requests;

/// <summary>What somebody changes in Sentry beside Watchbill is found at the next read, and a person says what becomes of it.</summary>
public sealed class DriftTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Access_that_comes_back_is_an_alarm_names_who_did_it_and_is_removed(TestEngine engine)
    {
        await using var scene = await RequestScene.StartAsync(engine, readsAuditLog: true);
        var (team, ann) = (scene.Team(), Somebody(scene));
        await EndedAsync(scene, team);
        Assert.Equal(0, await CompareAsync(scene));

        scene.Acme.JoinTeam(scene.Cyd, team, ann);
        Assert.Equal((1, 0), (await CompareAsync(scene), await CompareAsync(scene)));
        var drift = Assert.Single(await ListAsync(scene));
        Assert.Equal((DriftKind.CameBack, DriftState.Open, "contributor", ann.User!.Email), (drift.Kind, drift.State, drift.FoundRole, drift.LoggedActor));
        Assert.Contains(scene.Announced, static notice => notice.Kind == "access-drifted");

        Assert.Equal("right-missing", (await scene.Get<DecideDrift>().RemoveAsync(drift.Id, "Mine.", ReviewScene.Cyd, Stop)).Refusal?.Code);
        Assert.Equal("own-request", (await scene.Get<DecideDrift>().AcceptAsync(drift.Id, "Mine.", 60, new Caller(ReviewScene.Cyd.Actor, ReviewScene.Ben.Rights, Accounts.Cyd.Id), Stop)).Refusal?.Code);
        Assert.Equal("reason-needed", (await scene.Get<DecideDrift>().RemoveAsync(drift.Id, " ", ReviewScene.Ben, Stop)).Refusal?.Code);
        Assert.Equal(DriftState.Removed, ReviewScene.Must(await scene.Get<DecideDrift>().RemoveAsync(drift.Id, "Not agreed.", ReviewScene.Ben, Stop)).State);
        Assert.Equal("drift-not-open", (await scene.Get<DecideDrift>().RemoveAsync(drift.Id, "Again.", ReviewScene.Ben, Stop)).Refusal?.Code);
        await scene.ChangeAsync();
        Assert.Null(scene.RoleOn(team));
        Assert.Equal(0, await CompareAsync(scene));
        Assert.Empty(await ListAsync(scene));

        scene.Acme.JoinTeam(scene.Cyd, team);
        Assert.Equal(1, await CompareAsync(scene));
    }

    [Fact]
    public async Task What_came_back_may_stay_until_an_end_or_for_good()
    {
        await using var scene = await RequestScene.StartAsync();
        var (ends, stays) = (scene.Team(), scene.Team(1));
        await EndedAsync(scene, ends);
        await EndedAsync(scene, stays);
        scene.Acme.JoinTeam(scene.Cyd, ends);
        scene.Acme.JoinTeam(scene.Cyd, stays);
        Assert.Equal(2, await CompareAsync(scene));

        foreach (var drift in await ListAsync(scene))
        {
            ReviewScene.Must(await scene.Get<DecideDrift>().AcceptAsync(drift.Id, "The incident goes on.", drift.Request.Target.Team == $"{ends.Id}" ? 30 : null, ReviewScene.Ben, Stop));
        }

        Assert.Equal(0, await CompareAsync(scene));
        await scene.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Equal((null, "contributor"), (scene.RoleOn(ends), scene.RoleOn(stays)));
        Assert.Equal(0, await CompareAsync(scene));
        Assert.Equal(2, ReviewScene.Must(await scene.Get<DecideDrift>().ListAsync(onlyOpen: false, ReviewScene.Ada, Stop)).Count);
        var accepted = ReviewScene.Must(await scene.Get<DecideRequests>().ListAsync(new RequestFilter(), ReviewScene.Ada, Stop))[0];
        Assert.Equal(("The incident goes on.", RequestState.Approved), (accepted.Reason, accepted.State));
    }

    [Fact]
    public async Task What_was_changed_is_put_back_or_taken_over_and_ends_as_a_whole()
    {
        await using var scene = await RequestScene.StartAsync();
        var (raised, lowered) = (scene.Team(), scene.Team(1));
        var first = await scene.GrantAsync(scene.Draft(raised));
        var second = await scene.GrantAsync(scene.Draft(lowered, "admin"));
        scene.Acme.ChangeTeamRole(LinkOf(scene, raised), "admin");
        Assert.Equal(1, await CompareAsync(scene));
        ReviewScene.Must(await scene.Get<DecideDrift>().RemoveAsync(Assert.Single(await ListAsync(scene)).Id, "Too much.", ReviewScene.Ben, Stop));
        await scene.ChangeAsync();
        Assert.Equal(("contributor", GrantProvisioning.Granted), (scene.RoleOn(raised), (await scene.AgainAsync(first)).Provisioning));

        scene.Acme.ChangeTeamRole(LinkOf(scene, raised), "admin");
        scene.Acme.ChangeTeamRole(LinkOf(scene, lowered), "contributor");
        Assert.Equal(2, await CompareAsync(scene));
        foreach (var drift in await ListAsync(scene))
        {
            Assert.Equal(DriftKind.ChangedOutside, drift.Kind);
            ReviewScene.Must(await scene.Get<DecideDrift>().AcceptAsync(drift.Id, "Agreed with the team.", 10, ReviewScene.Ben, Stop));
        }

        Assert.Equal(0, await CompareAsync(scene));
        await scene.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal((null, null), (scene.RoleOn(raised), scene.RoleOn(lowered)));
        Assert.Equal((GrantEnding.Expired, GrantProvisioning.Revoked), ((await scene.AgainAsync(second)).Ending, (await scene.AgainAsync(second)).Provisioning));
    }

    [Fact]
    public async Task What_was_taken_away_in_Sentry_ends_the_grant_and_what_Watchbill_did_is_no_drift()
    {
        await using var scene = await RequestScene.StartAsync(readsAuditLog: true);
        var (theirs, ours, later) = (scene.Team(), scene.Team(1), scene.Team(2));
        var (lost, revoked) = (await scene.GrantAsync(scene.Draft(theirs)), await scene.GrantAsync(scene.Draft(ours)));
        await EndedAsync(scene, later);
        await scene.At.SyncAsync();
        scene.Acme.LeaveTeam(scene.Cyd, theirs, Somebody(scene));
        await MadeAsync(scene, ChangeKind.LeaveTeam, ours);
        await MadeAsync(scene, ChangeKind.JoinTeam, later);
        Assert.Equal(1, await CompareAsync(scene));

        Assert.Equal((GrantState.Ended, GrantEnding.Superseded), ((await scene.AgainAsync(lost)).State, (await scene.AgainAsync(lost)).Ending));
        Assert.StartsWith("Change ", (await scene.AgainAsync(revoked)).Note, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(scene));
        var drift = Assert.Single(ReviewScene.Must(await scene.Get<DecideDrift>().ListAsync(onlyOpen: false, ReviewScene.Ada, Stop)));
        Assert.Equal((DriftKind.RemovedOutside, DriftState.Gone, Somebody(scene).User!.Email), (drift.Kind, drift.State, drift.LoggedActor));
        Assert.Contains(scene.Mail, static mail => mail.Subject == "Your access was taken away in Sentry");
        Assert.Equal((null, null, "contributor"), (scene.RoleOn(theirs), scene.RoleOn(ours), scene.RoleOn(later)));
    }

    [Fact]
    public async Task An_older_read_says_nothing_and_what_is_gone_again_needs_no_decision()
    {
        await using var scene = await RequestScene.StartAsync();
        var team = scene.Team();
        await scene.At.SyncAsync();
        await scene.GrantAsync(scene.Draft(team));
        Assert.Equal(0, await scene.Get<FindDrift>().RunAsync(Stop));

        var back = scene.Team();
        await EndedAsync(scene, back);
        scene.Acme.JoinTeam(scene.Cyd, back);
        Assert.Equal(1, await CompareAsync(scene));
        scene.Acme.LeaveTeam(scene.Cyd, back);
        Assert.Equal(0, await CompareAsync(scene));
        Assert.Empty(await ListAsync(scene));
    }

    [Fact]
    public async Task Insight_tells_how_fast_access_is_there_and_what_nobody_uses()
    {
        await using var scene = await RequestScene.StartAsync(readsAuditLog: true);
        await scene.At.SyncAsync();
        var request = await scene.AskAsync(scene.Draft(scene.Team()));
        scene.Clock.Move(TimeSpan.FromMinutes(4));
        ReviewScene.Must(await scene.ApproveAsync(request));
        scene.Clock.Move(TimeSpan.FromMinutes(1));
        await scene.ChangeAsync();
        await scene.AskAsync(scene.Draft(scene.Team(1)) with { IsBreakGlass = true });

        var read = scene.Get<ReadInsight>();
        var insight = ReviewScene.Must(await read.RunAsync(30, ReviewScene.Ada, Stop));
        var speed = Assert.Single(insight.Policies);
        Assert.Equal((1, 1, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5)), (speed.Asked, speed.Approved, speed.MedianDecision, speed.MedianAccess));
        Assert.Equal((1, 1), (Assert.Single(insight.Emergencies).Times, insight.Emergencies[0].Unreviewed));
        Assert.Equal("right-missing", (await read.RunAsync(30, ReviewScene.Cyd, Stop)).Refusal?.Code);
        Assert.Equal("insight-days-invalid", (await read.RunAsync(0, ReviewScene.Ada, Stop)).Refusal?.Code);

        var unused = ReviewScene.Must(await read.UnusedAsync(scene.At.Connector.Id, 1, ReviewScene.Ada, Stop));
        Assert.True(unused.KnowsChanges);
        Assert.Contains(unused.Rows, static row => row.Why is UnusedReason.NotActive);
        Assert.DoesNotContain(unused.Rows, row => row.LastActive >= unused.Since && row.Why is UnusedReason.NotActive);
    }

    private static async Task EndedAsync(RequestScene scene, Team team)
    {
        var grant = await scene.GrantAsync(scene.Draft(team));
        ReviewScene.Must(await scene.Get<KeepGrants>().EndAsync(grant.Id, reason: null, ReviewScene.Cyd, Stop));
        await scene.ChangeAsync();
        Assert.Null(scene.RoleOn(team));
    }

    /// <summary>A sync, a second later, and the comparison after it.</summary>
    private static async Task<int> CompareAsync(RequestScene scene)
    {
        scene.Clock.Move(TimeSpan.FromSeconds(1));
        await scene.At.SyncAsync();
        return await scene.Get<FindDrift>().RunAsync(Stop);
    }

    private static async Task<IReadOnlyList<AccessDrift>> ListAsync(RequestScene scene) => ReviewScene.Must(await scene.Get<DecideDrift>().ListAsync(onlyOpen: true, ReviewScene.Ada, Stop));

    private static async Task MadeAsync(RequestScene scene, ChangeKind kind, Team team)
    {
        scene.Clock.Move(TimeSpan.FromSeconds(1));
        var change = new IntendedChange(kind) { Member = $"{scene.Cyd.Id}", Team = $"{team.Id}" };
        ReviewScene.Must(await scene.Get<RequestChange>().RunAsync(scene.At.Connector.Id, change, "As agreed.", ReviewScene.Ben, Stop));
        await scene.ChangeAsync();
    }

    private static Membership LinkOf(RequestScene scene, Team team) => team.Memberships.Single(link => link.Member == scene.Cyd);

    private static SentryActor Somebody(RequestScene scene) => SentryActor.Of(scene.Acme.Members.First(static member => member is { IsPending: false, IsListed: true }).User!);
}
