using Watchbill.Connectors.Provisioning;
using Watchbill.Requests;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Reviews;

namespace Watchbill.Tests.Requests;

/// <summary>Access is asked for, decided by somebody else, given, and ends by itself: afterwards Sentry is as it was before.</summary>
public sealed class RequestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task It_is_given_with_proof_and_ends_on_time(TestEngine engine)
    {
        await using var scene = await RequestScene.StartAsync(engine);
        var team = scene.Team();
        var request = await scene.AskAsync(scene.Draft(team));
        Assert.Equal((RequestState.Submitted, "Engineers", 1), (request.State, request.PolicyName, request.PolicyVersion));
        Assert.Equal(request.Id, Assert.Single(ReviewScene.Must(await scene.Get<DecideRequests>().WaitingAsync(ReviewScene.Ben, Stop))).Id);
        Assert.Equal((Accounts.Ben.Id, "request-waits"), scene.Mail.Select(static mail => (mail.To, mail.Kind)).Single());
        Assert.Null(scene.RoleOn(team));

        ReviewScene.Must(await scene.ApproveAsync(request, minutes: 30));
        await scene.ChangeAsync();
        var given = await scene.GrantOfAsync(request);
        Assert.Equal((GrantState.Active, GrantProvisioning.Granted, "contributor", true, null), (given.State, given.Provisioning, given.HeldRole, given.IsBeforeKnown, given.BeforeRole));
        Assert.Equal(scene.Clock.GetUtcNow().AddMinutes(30), given.EndsAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal("contributor", scene.RoleOn(team));

        await scene.PassAsync(TimeSpan.FromMinutes(25));
        Assert.Contains(scene.Mail, static mail => mail.Kind == "access-ends-soon");
        Assert.Equal("contributor", scene.RoleOn(team));
        await scene.PassAsync(TimeSpan.FromMinutes(6));
        var ended = await scene.AgainAsync(given);
        Assert.Equal((GrantState.Ended, GrantProvisioning.Revoked, GrantEnding.Expired), (ended.State, ended.Provisioning, ended.Ending));
        Assert.Null(scene.RoleOn(team));
        Assert.Equal([Verdict.Approve], (await scene.DetailsAsync(request)).Said.Select(static said => said.Verdict));
    }

    [Theory, EveryEngine]
    public async Task What_was_there_before_is_restored_when_the_last_of_several_ends(TestEngine engine)
    {
        await using var scene = await RequestScene.StartAsync(engine);
        var (none, plain) = (scene.Team(), scene.Team(1));
        scene.Acme.JoinTeam(scene.Cyd, plain);
        await scene.At.SyncAsync();

        await scene.GrantAsync(scene.Draft(none, "contributor", 60));
        await scene.GrantAsync(scene.Draft(none, "admin", 30));
        await scene.GrantAsync(scene.Draft(plain, "admin", 30));
        Assert.Equal(("admin", "admin"), (scene.RoleOn(none), scene.RoleOn(plain)));
        await scene.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Equal(("contributor", "contributor"), (scene.RoleOn(none), scene.RoleOn(plain)));
        await scene.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal((null, "contributor"), (scene.RoleOn(none), scene.RoleOn(plain)));

        // The other way round: the shorter one is the lesser one.
        await scene.GrantAsync(scene.Draft(none, "contributor", 30));
        await scene.GrantAsync(scene.Draft(none, "admin", 60));
        await scene.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Equal("admin", scene.RoleOn(none));
        await scene.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Null(scene.RoleOn(none));
    }

    [Fact]
    public async Task A_longer_time_follows_without_a_gap()
    {
        await using var scene = await RequestScene.StartAsync();
        var team = scene.Team();
        var first = await scene.GrantAsync(scene.Draft(team, minutes: 30));
        await scene.PassAsync(TimeSpan.FromMinutes(20));
        var longer = await scene.AskAsync(scene.Draft(team, minutes: 60));
        Assert.Equal(first.Id, longer.Extends);
        ReviewScene.Must(await scene.ApproveAsync(longer));
        await scene.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal("contributor", scene.RoleOn(team));
        Assert.Equal((GrantState.Ended, GrantProvisioning.Revoked), ((await scene.AgainAsync(first)).State, (await scene.AgainAsync(first)).Provisioning));
        await scene.PassAsync(TimeSpan.FromMinutes(60));
        Assert.Null(scene.RoleOn(team));
    }

    [Fact]
    public async Task A_role_in_the_organization_goes_back_to_what_it_was_with_all_teams()
    {
        await using var scene = await RequestScene.StartAsync();
        var team = scene.Team();
        scene.Acme.JoinTeam(scene.Cyd, team);
        await scene.At.SyncAsync();
        var draft = scene.Draft(team) with { Target = new AccessTarget(AccessKind.OrgRole, Team: null, "manager") };

        await scene.GrantAsync(draft);
        Assert.Equal("manager", scene.Cyd.Role.Id);
        await scene.PassAsync(TimeSpan.FromMinutes(61));

        Assert.Equal("member", scene.Cyd.Role.Id);
        Assert.Equal("contributor", scene.RoleOn(team));
    }

    [Fact]
    public async Task Nobody_decides_about_access_of_their_own_and_every_answer_counts_once()
    {
        await using var scene = await RequestScene.StartAsync();
        scene.Acme.AddMember(Accounts.Ben.Email, "member");
        await scene.At.SyncAsync();
        var own = ReviewScene.Must(await scene.TryAskAsync(scene.Draft(scene.Team()), ReviewScene.Ben));
        Assert.Equal("own-request", (await scene.ApproveAsync(own)).Refusal?.Code);
        Assert.DoesNotContain(Accounts.Ben.Id.Value, own.Steps.Single().Approvers);
        Assert.Equal("request-without-approver", (await scene.TryAskAsync(scene.Draft(scene.Team(1)) with { Member = Accounts.Ben.Email }, ReviewScene.Ada)).Refusal?.Code);
        var forCyd = ReviewScene.Must(await scene.TryAskAsync(scene.Draft(scene.Team(1)) with { Member = Accounts.Cyd.Email }, ReviewScene.Ada));
        Assert.Equal(("own-request", "own-request"), ((await scene.ApproveAsync(forCyd, caller: ReviewScene.Cyd)).Refusal?.Code, (await scene.ApproveAsync(forCyd, caller: ReviewScene.Ada)).Refusal?.Code));

        var request = await scene.AskAsync(scene.Draft(scene.Team()));
        Assert.Equal("own-request", (await scene.ApproveAsync(request, caller: ReviewScene.Cyd)).Refusal?.Code);
        Assert.Equal("access-already-asked", (await scene.TryAskAsync(scene.Draft(scene.Team()))).Refusal?.Code);
        Assert.Equal("denial-reason-needed", (await scene.Get<DecideRequests>().DenyAsync(request.Id, " ", ReviewScene.Ben, Stop)).Refusal?.Code);
        Assert.Equal("request-time-invalid", (await scene.ApproveAsync(request, minutes: 61)).Refusal?.Code);
        var answers = await Task.WhenAll(
            scene.ApproveAsync(request), scene.Get<DecideRequests>().DenyAsync(request.Id, "Ask the team first.", ReviewScene.Ada, Stop), scene.ApproveAsync(request));
        Assert.Single(answers, static answer => answer.Succeeded);
        Assert.Equal("request-for-others", (await scene.TryAskAsync(scene.Draft(scene.Team(2)) with { Member = Accounts.Ben.Email })).Refusal?.Code);
        Assert.Equal("request-not-found", (await scene.Get<DecideRequests>().FindAsync(own.Id, ReviewScene.Cyd, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Several_steps_need_several_people()
    {
        await using var scene = await RequestScene.StartAsync();
        var (ben, ada) = (Accounts.Ben.Id.Value, Accounts.Ada.Id.Value);
        await scene.PolicyAsync(RequestScene.Rules() with
        {
            Roles = ["admin"],
            Kinds = [AccessKind.TeamMembership],
            Steps = [new ApprovalStep { Rules = [ApproverRule.Named], Named = [ben] }, new ApprovalStep { Rules = [ApproverRule.Named], Named = [ben, ada], Needed = 1 }],
        });
        var first = ReviewScene.Must(await scene.Get<ManagePolicies>().ListAsync(ReviewScene.Ada, Stop))[0];
        ReviewScene.Must(await scene.Get<ManagePolicies>().SaveAsync(first with { IsOn = false }, ReviewScene.Ada, Stop));
        Assert.Equal("policy-changed-meanwhile", (await scene.Get<ManagePolicies>().SaveAsync(first, ReviewScene.Ada, Stop)).Refusal?.Code);
        Assert.Equal([2, 1], ReviewScene.Must(await scene.Get<ManagePolicies>().VersionsAsync(first.Id, ReviewScene.Ada, Stop)).Select(static version => version.Policy.Version));
        var request = await scene.AskAsync(scene.Draft(scene.Team(), "admin"));

        Assert.Equal((RequestState.Submitted, 2), (ReviewScene.Must(await scene.ApproveAsync(request)) is var half ? (half.State, half.Step) : default));
        Assert.Equal("already-decided", (await scene.ApproveAsync(request)).Refusal?.Code);
        Assert.Equal(RequestState.Approved, ReviewScene.Must(await scene.ApproveAsync(request, caller: ReviewScene.Ada)).State);
    }

    [Fact]
    public async Task What_nobody_answers_ends_and_what_the_rule_says_needs_nobody()
    {
        var rules = RequestScene.Rules() with { Auto = new AutoApproval { UpToMinutes = 30 }, TicketPattern = "[A-Z]+-[0-9]+" };
        await using var scene = await RequestScene.StartAsync(rules: rules);
        var draft = scene.Draft(scene.Team()) with { Ticket = "OPS-7" };
        Assert.Equal("request-ticket-invalid", (await scene.TryAskAsync(draft with { Ticket = "7" })).Refusal?.Code);
        Assert.Equal("request-reason-invalid", (await scene.TryAskAsync(draft with { Reason = "Because" })).Refusal?.Code);
        Assert.Equal("request-time-invalid", (await scene.TryAskAsync(draft with { Minutes = null })).Refusal?.Code);
        Assert.Equal("request-time-invalid", (await scene.TryAskAsync(draft with { Minutes = 481 })).Refusal?.Code);
        var slow = await scene.AskAsync(draft);
        await scene.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal(RequestState.Expired, (await scene.DetailsAsync(slow)).Request.State);
        Assert.Equal("request-not-open", (await scene.ApproveAsync(slow)).Refusal?.Code);

        var quick = await scene.AskAsync(draft with { Minutes = 30 });
        await scene.ChangeAsync();
        Assert.Equal((RequestState.Approved, Verdict.Automatic), (quick.State, (await scene.DetailsAsync(quick)).Said.Single().Verdict));
        Assert.Equal(GrantProvisioning.Granted, (await scene.GrantOfAsync(quick)).Provisioning);
        Assert.Equal("request-without-policy", (await scene.TryAskAsync(draft with { Target = new AccessTarget(AccessKind.OrgRole, null, "owner") })).Refusal?.Code);
    }

    [Fact]
    public async Task An_emergency_is_given_at_once_loudly_and_looked_at_by_somebody_else()
    {
        await using var scene = await RequestScene.StartAsync();
        var team = scene.Team();
        Assert.Equal("request-time-invalid", (await scene.TryAskAsync(scene.Draft(team, minutes: 61) with { IsBreakGlass = true })).Refusal?.Code);
        var request = await scene.AskAsync(scene.Draft(team) with { IsBreakGlass = true });
        await scene.ChangeAsync();

        Assert.Equal("contributor", scene.RoleOn(team));
        Assert.Contains(scene.Mail, static mail => mail.Kind == "break-glass" && mail.To == Accounts.Ben.Id);
        Assert.DoesNotContain(scene.Mail, static mail => mail.Kind == "break-glass" && mail.To == Accounts.Cyd.Id);
        Assert.Contains(scene.Announced, static notice => notice.Kind == "break-glass");
        Assert.Equal("own-request", (await scene.Get<DecideRequests>().ReviewAsync(request.Id, wasJustified: true, "It was.", ReviewScene.Cyd, Stop)).Refusal?.Code);
        await scene.PassAsync(TimeSpan.FromHours(25));
        Assert.Contains(scene.Announced, static notice => notice.Subject.StartsWith("Nobody looked", StringComparison.Ordinal));
        Assert.False(ReviewScene.Must(await scene.Get<DecideRequests>().ReviewAsync(request.Id, wasJustified: false, "Could have waited.", ReviewScene.Ben, Stop)).WasJustified);
        Assert.Equal("no-emergency", (await scene.Get<DecideRequests>().ReviewAsync(request.Id, wasJustified: true, "It was.", ReviewScene.Ben, Stop)).Refusal?.Code);
        Assert.Null(scene.RoleOn(team));
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_tried_without_end_and_loud()
    {
        await using var scene = await RequestScene.StartAsync();
        var team = scene.Team();
        var grant = await scene.GrantAsync(scene.Draft(team));
        ReviewScene.Must(await scene.Get<ManageWriting>().SwitchOffAsync(scene.At.Connector.Id, ConnectedOrganization.Somebody, Stop));
        await scene.PassAsync(TimeSpan.FromMinutes(61));
        Assert.Equal((GrantState.Ended, GrantProvisioning.RevokeFailed), ((await scene.AgainAsync(grant)).State, (await scene.AgainAsync(grant)).Provisioning));
        Assert.Contains(scene.Announced, static notice => notice.Kind == "access-not-ended");
        Assert.Equal("contributor", scene.RoleOn(team));

        ReviewScene.Must(await scene.Get<ManageWriting>().SwitchOnAsync(scene.At.Connector.Id, scene.At.OwnerToken(), ConnectedOrganization.Somebody, Stop));
        await scene.PassAsync(TimeSpan.FromMinutes(61));
        Assert.Equal(GrantProvisioning.Revoked, (await scene.AgainAsync(grant)).Provisioning);
        Assert.Null(scene.RoleOn(team));
    }

    [Fact]
    public async Task What_somebody_changed_in_Sentry_meanwhile_is_not_undone()
    {
        await using var scene = await RequestScene.StartAsync();
        var (promoted, removed) = (scene.Team(), scene.Team(1));
        var grant = await scene.GrantAsync(scene.Draft(promoted));
        var gone = await scene.GrantAsync(scene.Draft(removed));
        scene.Acme.ChangeTeamRole(promoted.Memberships.Single(link => link.Member == scene.Cyd), "admin");
        scene.Acme.LeaveTeam(scene.Cyd, removed);
        await scene.PassAsync(TimeSpan.FromMinutes(61));

        Assert.Equal(("admin", null), (scene.RoleOn(promoted), scene.RoleOn(removed)));
        Assert.Equal((GrantEnding.Superseded, GrantProvisioning.Revoked), ((await scene.AgainAsync(grant)).Ending, (await scene.AgainAsync(grant)).Provisioning));
        Assert.Equal((GrantEnding.Expired, GrantProvisioning.Revoked), ((await scene.AgainAsync(gone)).Ending, (await scene.AgainAsync(gone)).Provisioning));
    }

    [Fact]
    public async Task It_can_be_given_back_revoked_and_asked_for_a_later_time()
    {
        await using var scene = await RequestScene.StartAsync();
        var (mine, taken, later) = (scene.Team(), scene.Team(1), scene.Team(2));
        var first = await scene.GrantAsync(scene.Draft(mine));
        var second = await scene.GrantAsync(scene.Draft(taken));
        var planned = await scene.GrantAsync(scene.Draft(later) with { StartsAt = scene.Clock.GetUtcNow().AddHours(2) });
        Assert.Equal((GrantState.Scheduled, null), (planned.State, scene.RoleOn(later)));

        ReviewScene.Must(await scene.Get<KeepGrants>().EndAsync(first.Id, reason: null, ReviewScene.Cyd, Stop));
        Assert.Equal("reason-needed", (await scene.Get<KeepGrants>().EndAsync(second.Id, reason: null, ReviewScene.Ben, Stop)).Refusal?.Code);
        ReviewScene.Must(await scene.Get<KeepGrants>().EndAsync(second.Id, "Not needed any more.", ReviewScene.Ben, Stop));
        Assert.Equal("grant-not-active", (await scene.Get<KeepGrants>().EndAsync(first.Id, reason: null, ReviewScene.Cyd, Stop)).Refusal?.Code);
        await scene.PassAsync(TimeSpan.FromHours(2.1));
        Assert.Equal((null, null, "contributor"), (scene.RoleOn(mine), scene.RoleOn(taken), scene.RoleOn(later)));
        Assert.Equal(GrantEnding.GivenBack, (await scene.AgainAsync(first)).Ending);
        await scene.PassAsync(TimeSpan.FromHours(1));
        Assert.Null(scene.RoleOn(later));
    }

    [Fact]
    public async Task An_end_comes_before_what_could_not_be_given_in_time()
    {
        await using var scene = await RequestScene.StartAsync();
        var team = scene.Team();
        var request = await scene.AskAsync(scene.Draft(team));
        ReviewScene.Must(await scene.ApproveAsync(request));
        await scene.PassAsync(TimeSpan.FromMinutes(61));

        Assert.Null(scene.RoleOn(team));
        Assert.Equal((GrantState.Ended, GrantProvisioning.Revoked), (await scene.GrantOfAsync(request) is var grant ? (grant.State, grant.Provisioning) : default));
    }
}
