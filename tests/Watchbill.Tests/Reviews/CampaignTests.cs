using LinqToDB.Data;
using Microsoft.Extensions.Time.Testing;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Reviews;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Reviews;

/// <summary>A review freezes exactly what there is, lets nobody decide about themselves, and is done only with proof.</summary>
public sealed class CampaignTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task From_a_frozen_population_to_proof(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine);
        var (leaver, moved, placed) = (scene.Plain(2), scene.Acme.Acme.Members.Where(static one => one is { Role.Id: "member", IsListed: true, IsPending: false }).ElementAt(3), scene.Acme.Acme.Members.Where(static one => one is { Role.Id: "member", IsListed: true, IsPending: false, Memberships.Count: > 0 }).ElementAt(5));
        var campaign = await scene.RunAsync();
        var items = await scene.ItemsAsync(campaign.Id);
        Assert.Equal((CampaignState.Running, items.Count), (campaign.State, campaign.PopulationRows));
        Assert.Equal("review-started", Assert.Single(scene.Get<Watchbill.Connectors.IOwnerMail>() is Accounts mail ? mail.Mail : []).Kind);
        var (leaving, moving, place) = (Item(leaver, GrantKind.OrgRole), Item(moved, GrantKind.OrgRole), Item(placed, GrantKind.TeamMembership));
        var covered = items.First(item => item.Kind is GrantKind.TeamMembership && item.Principal == $"{leaver.Id}");

        await scene.DecideAsync(
            campaign.Id,
            new(leaving.Id, Decision.Revoke) { Reason = "Left." },
            new(covered.Id, Decision.Revoke) { Reason = "Left." },
            new(moving.Id, Decision.ChangeRole) { Reason = "Leads now.", NewRole = "manager" },
            new(place.Id, Decision.Revoke) { Reason = "Moved on." });
        Assert.Equal(CampaignState.Closing, (await scene.CloseAsync(campaign.Id)).State);
        Assert.Contains(scene.Acme.Acme.Members, one => one.Id == leaver.Id);
        Assert.Equal("review-still-changing", (await scene.Get<CompleteCampaign>().RunAsync(campaign.Id, "Enough.", ReviewScene.Ada, Stop)).Refusal!.Code);
        await scene.ChangeSentryAsync();
        var completed = await scene.FollowAsync(campaign.Id);

        Assert.Equal(CampaignState.Completed, completed.State);
        Assert.DoesNotContain(scene.Acme.Acme.Members, one => one.Id == leaver.Id);
        Assert.Equal("manager", moved.Role.Id);
        Assert.DoesNotContain(placed.Memberships, link => $"{link.Team.Id}" == place.Resource);
        var report = ReviewScene.Must(await scene.Get<CampaignReport>().RunAsync(campaign.Id, ReviewScene.Ada, Stop));
        Assert.True(report is { Reconciles: true, PopulationIsIntact: true, Undecided: 0 });
        Assert.Equal((3, 1, items.Count - 4), (report.Decisions[Decision.Revoke], report.Decisions[Decision.ChangeRole], report.Decisions[Decision.Certify]));
        Assert.Equal((4, items.Count - 4), (report.Outcomes[Outcome.Proven], report.Outcomes[Outcome.Kept]));
        Assert.Equal(report.Items.Single(item => item.Id == leaving.Id).Task, report.Items.Single(item => item.Id == covered.Id).Task);
        Assert.All(report.Items.Where(static item => item.Outcome is Outcome.Proven), static item => Assert.StartsWith("Read back on", item.OutcomeNote!, StringComparison.Ordinal));
        Assert.Equal(3, (await scene.Get<ManageChanges>().ListAsync(new(scene.Acme.Connector.Id), ReviewScene.Ada, Stop)).Value.Count);

        ReviewItem Item(Member member, GrantKind kind) => items.First(item => item.Kind == kind && item.Principal == $"{member.Id}");
    }

    /// <summary>Population against the simulator's truth: every grant that Sentry lists, once, and no other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_population_is_exactly_what_Sentry_had(int seed)
    {
        await using var scene = await ReviewScene.StartAsync(writes: false, seed: seed);
        var campaign = await scene.RunAsync();

        var items = await scene.ItemsAsync(campaign.Id);

        var members = scene.Acme.Acme.Members.Where(static member => member.IsListed).ToList();
        Assert.Equal(
            members.Select(static member => $"{member.Id} {member.Role.Id}").Order(StringComparer.Ordinal),
            items.Where(static item => item.Kind is GrantKind.OrgRole).Select(static item => $"{item.Principal} {item.Role}").Order(StringComparer.Ordinal));
        Assert.Equal(
            members.SelectMany(static member => member.Memberships.Select(link => $"{member.Id} {link.Team.Id}")).Order(StringComparer.Ordinal),
            items.Where(static item => item.Kind is GrantKind.TeamMembership).Select(static item => $"{item.Principal} {item.Resource}").Order(StringComparer.Ordinal));
        var population = ReviewScene.Must(await scene.Get<CampaignReport>().PopulationAsync(campaign.Id, ReviewScene.Ada, Stop))!;
        Assert.Equal(items.Count + 1, population.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(campaign.PopulationSha256, PopulationFile.Sha256(population));
    }

    [Fact]
    public async Task What_was_not_read_completely_or_lately_is_not_reviewed()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        scene.Acme.Server.Faults.Add(new FaultRule(FaultAction.Respond) { Path = "/api/0/organizations/acme/teams/", Status = 403, Body = "{}" });
        await scene.Acme.SyncAsync();
        var campaign = await scene.PrepareAsync();

        var refused = await scene.Get<StartCampaign>().RunAsync(campaign.Id, ReviewScene.Ada, Stop);

        Assert.Equal("review-not-fresh", refused.Refusal!.Code);
        Assert.Contains("could not be read completely", refused.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, ReviewScene.Must(await scene.Get<ManageCampaigns>().FindAsync(campaign.Id, ReviewScene.Ada, Stop)).State);
        Assert.Empty(await scene.ItemsAsync(campaign.Id));
    }

    [Fact]
    public async Task Nobody_decides_about_access_of_their_own_by_whatever_way()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var (ben, alias) = (scene.Acme.Acme.AddMember("ben@example.com", "member"), scene.Acme.Acme.AddMember("b.builder@example.org", "member"));
        await scene.Acme.SyncAsync();
        var campaign = await scene.RunAsync();
        var items = await scene.ItemsAsync(campaign.Id);

        // Known from the start: the owner reviews it instead.
        var own = items.Single(item => item.Principal == $"{ben.Id}");
        Assert.Equal((Accounts.Ada.Id, "owner"), (own.Reviewer, own.ReviewerBy));
        Assert.Equal("review-own-access", (await scene.Get<ReassignItems>().RunAsync((campaign.Id, [own.Id]), Accounts.Ben.Id, "Please.", ReviewScene.Ada, Stop)).Refusal!.Code);
        Assert.Equal("review-item-not-yours", (await DraftAsync(own)).Refusal!.Code);

        // Known only afterwards: the directory says that the other account is his too.
        var other = items.Single(item => item.Principal == $"{alias.Id}");
        Assert.Equal(Accounts.Ben.Id, other.Reviewer);
        ReviewScene.Must(await DraftAsync(other));
        await scene.FillAsync("mail,name,aliases\nben@example.com,Ben,b.builder@example.org\n");
        Assert.Equal("review-own-access", (await scene.Get<DecideItems>().SubmitAsync(campaign.Id, ReviewScene.Ben, Stop)).Refusal!.Code);
        Assert.Equal("review-own-access", (await DraftAsync(other)).Refusal!.Code);
        Assert.Equal("review-needs-account", (await scene.Get<DecideItems>().SubmitAsync(campaign.Id, ConnectedOrganization.Somebody, Stop)).Refusal!.Code);

        // Everybody who could is the person in question: the review is not started.
        var alone = await scene.PrepareAsync(scene.Plan() with { Owner = Accounts.Ben.Id });
        Assert.Equal("review-without-reviewer", (await scene.Get<StartCampaign>().RunAsync(alone.Id, ReviewScene.Ada, Stop)).Refusal!.Code);
        var second = await scene.RunAsync(scene.Plan() with { Owner = Accounts.Ben.Id, Reviewers = scene.Plan().Reviewers with { Second = Accounts.Cyd.Id.Value } });
        Assert.Equal("second", (await scene.ItemsAsync(second.Id)).Single(item => item.Principal == $"{ben.Id}").ReviewerBy);

        Task<Result<IReadOnlyList<ReviewItem>>> DraftAsync(ReviewItem item) =>
            scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(item.Id, Decision.Certify)], ReviewScene.Ben, Stop);
    }

    [Fact]
    public async Task Managers_and_team_admins_review_where_they_are_known()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var (managed, admin) = (scene.Plain(1), scene.Acme.Acme.AddMember("cyd@example.com", "member"));
        var team = scene.Acme.Acme.Teams.First(one => scene.Acme.Acme.Members.Count(member => member.IsListed && member.Memberships.Any(link => link.Team == one)) > 1 && managed.Memberships.All(link => link.Team != one));
        scene.Acme.Acme.JoinTeam(admin, team);
        scene.Acme.Acme.ChangeTeamRole(admin.Memberships.Single(), "admin");
        await scene.FillAsync($"mail,name,manager\n{managed.Email},Managed,ben@example.com\nben@example.com,Ben,\n");
        await scene.Acme.SyncAsync();

        var campaign = await scene.RunAsync(scene.Plan() with { Reviewers = new ReviewerChoice() });
        var items = await scene.ItemsAsync(campaign.Id);

        Assert.All(items.Where(item => item.Principal == $"{managed.Id}"), static item => Assert.Equal((Accounts.Ben.Id, "manager"), (item.Reviewer, item.ReviewerBy)));
        Assert.All(
            items.Where(item => item.Kind is GrantKind.TeamMembership && item.Resource == $"{team.Id}" && item.Principal != $"{admin.Id}"),
            static item => Assert.Equal((Accounts.Cyd.Id, "team-admin"), (item.Reviewer, item.ReviewerBy)));
        Assert.Equal("owner", items.Single(item => item.Kind is GrantKind.TeamMembership && item.Principal == $"{admin.Id}").ReviewerBy);

        // Who only reviews sees what is theirs, and nothing else.
        var mine = ReviewScene.Must(await scene.Get<ManageCampaigns>().ItemsAsync(new ItemSearch { Campaign = campaign.Id, Limit = 1000 }, ReviewScene.Cyd, Stop));
        Assert.Equal(items.Count(static item => item.Reviewer == Accounts.Cyd.Id), mine.Total);
        Assert.All(mine.Items, static item => Assert.Equal(Accounts.Cyd.Id, item.Reviewer));
        Assert.Single(ReviewScene.Must(await scene.Get<ManageCampaigns>().ListAsync(ReviewScene.Cyd, Stop)));
        Assert.Equal("right-missing", (await scene.Get<CampaignReport>().RunAsync(campaign.Id, ReviewScene.Cyd, Stop)).Refusal!.Code);
        Assert.Equal("right-missing", (await scene.Get<CloseCampaign>().RunAsync(campaign.Id, ReviewScene.Cyd, Stop)).Refusal!.Code);
    }

    [Fact]
    public async Task Decisions_need_reasons_and_are_kept_all_or_none()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var campaign = await scene.RunAsync();
        var items = await scene.ItemsAsync(campaign.Id);
        var (plain, privileged) = (items.First(static item => item is { IsPrivileged: false, Kind: GrantKind.OrgRole }), items.First(static item => item.IsPrivileged));

        Assert.Equal("review-reason-needed", await RefusedAsync(new(privileged.Id, Decision.Certify)));
        Assert.Equal("review-reason-needed", await RefusedAsync(new(plain.Id, Decision.Revoke)));
        Assert.Equal("review-decision-invalid", await RefusedAsync(new(plain.Id, Decision.Except) { Reason = "For now." }));
        Assert.Equal("review-decision-invalid", await RefusedAsync(new(plain.Id, Decision.Except) { Reason = "For now.", Until = campaign.DueAt!.Value.AddYears(2) }));
        Assert.Equal("review-decision-invalid", await RefusedAsync(new(plain.Id, Decision.ChangeRole) { Reason = "Less.", NewRole = plain.Role }));
        Assert.Equal("review-item-not-found", await RefusedAsync(new(new ReviewItemId(999_999), Decision.Certify)));
        Assert.Equal("review-decisions-missing", (await scene.Get<DecideItems>().DraftAsync(campaign.Id, [], ReviewScene.Ben, Stop)).Refusal!.Code);
        Assert.Equal("review-nothing-to-submit", (await scene.Get<DecideItems>().SubmitAsync(campaign.Id, ReviewScene.Ben, Stop)).Refusal!.Code);
        Assert.All(await scene.ItemsAsync(campaign.Id), static item => Assert.Null(item.Decision));

        await scene.DecideAsync(campaign.Id);
        Assert.Equal("review-item-submitted", await RefusedAsync(new(plain.Id, Decision.Revoke) { Reason = "Changed my mind." }));
        Assert.Equal("review-item-submitted", (await scene.Get<ReassignItems>().RunAsync((campaign.Id, [plain.Id]), Accounts.Cyd.Id, "Too late.", ReviewScene.Ada, Stop)).Refusal!.Code);

        async Task<string> RefusedAsync(DraftDecision wrong) => (await scene.Get<DecideItems>().DraftAsync(
            campaign.Id, [new(items.First(item => item.Id != wrong.Item && item is { IsPrivileged: false }).Id, Decision.Certify), wrong], ReviewScene.Ben, Stop)).Refusal!.Code;
    }

    [Fact]
    public async Task What_Sentry_refuses_or_nobody_decided_is_left_over_and_never_shown_as_done()
    {
        await using var scene = await ReviewScene.StartAsync();
        var campaign = await scene.RunAsync();
        var items = await scene.ItemsAsync(campaign.Id);
        var leaver = items.First(item => item.Kind is GrantKind.OrgRole && item.Principal == $"{scene.Plain(1).Id}");
        scene.Acme.Server.Faults.Add(new FaultRule(FaultAction.Respond) { Method = "DELETE", Status = 403, Body = """{"detail":"No."}""" });
        ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(leaver.Id, Decision.Revoke) { Reason = "Left." }], ReviewScene.Ben, Stop));
        ReviewScene.Must(await scene.Get<DecideItems>().SubmitAsync(campaign.Id, ReviewScene.Ben, Stop));

        // A draft that was not submitted is no decision.
        ReviewScene.Must(await scene.Get<DecideItems>().DraftAsync(campaign.Id, [new(items.First(item => item.Id != leaver.Id && !item.IsPrivileged).Id, Decision.Certify)], ReviewScene.Ben, Stop));
        await scene.CloseAsync(campaign.Id);
        await scene.ChangeSentryAsync();
        Assert.Equal(CampaignState.Closing, (await scene.FollowAsync(campaign.Id)).State);

        Assert.Equal("review-left-over", (await scene.Get<CompleteCampaign>().RunAsync(campaign.Id, reason: null, ReviewScene.Ada, Stop)).Refusal!.Code);
        var report = ReviewScene.Must(await scene.Get<CampaignReport>().RunAsync(campaign.Id, ReviewScene.Ada, Stop));
        Assert.Equal(items.Count, report.Outcomes[Outcome.Escalated]);
        Assert.Equal(items.Count - 1, report.Undecided);
        Assert.Contains("could not be proven", report.Items.Single(item => item.Id == leaver.Id).OutcomeNote!, StringComparison.Ordinal);

        // The cause is mended: tried again, proven, and only the rest is left over.
        scene.Acme.Server.Faults.Clear();
        ReviewScene.Must(await scene.Get<ManageChanges>().RetryAsync(report.Items.Single(item => item.Id == leaver.Id).Task!.Value, ReviewScene.Ada, Stop));
        await scene.ChangeSentryAsync();
        var completed = ReviewScene.Must(await scene.Get<CompleteCampaign>().RunAsync(campaign.Id, "Reviewed again in the next quarter.", ReviewScene.Ada, Stop));
        Assert.Equal((CampaignState.Completed, "Reviewed again in the next quarter."), (completed.State, completed.Note));
        Assert.Equal(Outcome.Proven, (await scene.ItemsAsync(campaign.Id)).Single(item => item.Id == leaver.Id).Outcome);
    }

    [Fact]
    public async Task What_comes_back_after_its_proof_is_not_done()
    {
        await using var scene = await ReviewScene.StartAsync();
        var member = scene.Plain(1);
        var link = member.Memberships[0];
        var campaign = await scene.RunAsync();
        var items = await scene.ItemsAsync(campaign.Id);
        var place = items.Single(item => item.Kind is GrantKind.TeamMembership && item.Principal == $"{member.Id}" && item.Resource == $"{link.Team.Id}");
        await scene.DecideAsync(campaign.Id, new DraftDecision(place.Id, Decision.Revoke) { Reason = "Moved on." });
        await scene.CloseAsync(campaign.Id);
        await scene.ChangeSentryAsync();
        scene.Acme.Acme.JoinTeam(member, link.Team);
        await scene.Acme.SyncAsync();

        Assert.Equal(CampaignState.Closing, (await scene.FollowAsync(campaign.Id)).State);
        var back = (await scene.ItemsAsync(campaign.Id)).Single(item => item.Id == place.Id);
        Assert.Equal(Outcome.Escalated, back.Outcome);
        Assert.StartsWith("It came back", back.OutcomeNote!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_change_Sentry_revocations_wait_for_a_person()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var campaign = await scene.RunAsync(scene.Plan() with { Unanswered = Unanswered.Revoke, Scope = new ReviewScope { Kinds = [GrantKind.OrgRole, GrantKind.NonHuman], Roles = [] } });
        await scene.CloseAsync(campaign.Id);

        var report = ReviewScene.Must(await scene.Get<CampaignReport>().RunAsync(campaign.Id, ReviewScene.Ada, Stop));
        Assert.Equal(report.Items.Count, report.Decisions[Decision.Revoke]);
        Assert.Equal(report.Items.Count, report.Outcomes[Outcome.Escalated]);
        Assert.Contains(report.Items, static item => item is { Kind: GrantKind.NonHuman } && item.OutcomeNote!.StartsWith("No change in Sentry's API", StringComparison.Ordinal));
        Assert.Empty((await scene.Get<ManageChanges>().ListAsync(new(scene.Acme.Connector.Id), ReviewScene.Ada, Stop)).Value);
    }

    [Fact]
    public async Task The_next_review_knows_what_the_last_one_said()
    {
        await using var scene = await ReviewScene.StartAsync(writes: false);
        var first = await scene.RunAsync(scene.Plan() with { RepeatsEveryMonths = 3 });
        Assert.All(await scene.ItemsAsync(first.Id), static item => Assert.Equal("first", item.Change));
        await scene.DecideAsync(first.Id);
        await scene.CloseAsync(first.Id);
        Assert.Equal(CampaignState.Completed, (await scene.FollowAsync(first.Id)).State);
        var member = scene.Acme.Acme.AddMember("new.person@example.com", "member");
        await scene.Acme.SyncAsync();

        var campaigns = ReviewScene.Must(await scene.Get<ManageCampaigns>().ListAsync(ReviewScene.Ada, Stop));
        var next = Assert.Single(campaigns, static one => one.State is CampaignState.Scheduled);
        Assert.Equal(first.StartedAt!.Value.AddMonths(3), next.Plan.StartsAt!.Value, TimeSpan.FromMilliseconds(1));
        var second = ReviewScene.Must(await scene.Get<StartCampaign>().RunAsync(next.Id, ReviewScene.Ada, Stop));
        var items = await scene.ItemsAsync(second.Id);
        Assert.Equal(first.Id, second.Previous);
        Assert.Equal("new", items.Single(item => item.Principal == $"{member.Id}").Change);
        Assert.All(items.Where(item => item.Principal != $"{member.Id}"), static item => Assert.Equal(("same", Decision.Certify, "Needed."), (item.Change, item.PreviousDecision, item.PreviousReason)));
        var delta = await scene.RunAsync(scene.Plan() with { Scope = new ReviewScope { NewOnly = true } });
        Assert.Equal($"{member.Id}", Assert.Single(await scene.ItemsAsync(delta.Id)).Principal);
    }

    /// <summary>Each reviewer once for each milestone, whoever looks and however often; the owner at the last.</summary>
    [Theory, EveryEngine]
    public async Task Reviewers_who_are_late_are_reminded_and_the_owner_is_told(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine, writes: false);
        var campaign = await scene.RunAsync();
        var mail = ((Accounts)scene.Get<Watchbill.Connectors.IOwnerMail>()).Mail;
        mail.Clear();

        Assert.Empty(await RemindAsync(6.9));
        Assert.Equal(["2 review-reminder"], await RemindAsync(7.1));
        Assert.Empty(await RemindAsync(10.9));
        Assert.Equal(["2 review-reminder"], await RemindAsync(11.1));
        Assert.Equal(["2 review-reminder", "1 review-late"], await RemindAsync(13.1));
        await scene.DecideAsync(campaign.Id);
        Assert.Empty(await RemindAsync(13.9));

        async Task<IReadOnlyList<string>> RemindAsync(double days)
        {
            await using var later = scene.Acme.Again<TimeProvider>(new FakeTimeProvider(campaign.StartedAt!.Value.AddDays(days)));
            await later.Get<RemindReviewers>().RunDueAsync(Stop);
            await later.Get<RemindReviewers>().RunDueAsync(Stop);
            var sent = mail.Select(static one => $"{one.To} {one.Kind}").ToList();
            mail.Clear();
            return sent;
        }
    }

    private const string Kept = "campaign_id, kind, principal, name, email, resource, resource_name, role, is_privileged, facts, advice, advice_reason, change, reviewer, reviewer_by, outcome";
    private const string Copy = $"INSERT INTO review_item ({Kept}) SELECT {Kept} FROM review_item WHERE id = 1";

    /// <summary>Not even somebody with the database in hand changes what ended.</summary>
    [Theory, EveryEngine]
    public async Task A_review_that_ended_cannot_be_changed(TestEngine engine)
    {
        await using var scene = await ReviewScene.StartAsync(engine, writes: false);
        var campaign = await scene.RunAsync();
        await scene.DecideAsync(campaign.Id);
        await using var connection = scene.Get<Database>().Open();
        await connection.ExecuteAsync("UPDATE review_item SET reason = 'Checked.' WHERE id = 1", Stop);
        await scene.CloseAsync(campaign.Id);
        await scene.FollowAsync(campaign.Id);

        foreach (var statement in new[]
        {
            "UPDATE review_campaign SET name = 'Other'", "DELETE FROM review_campaign", "UPDATE review_item SET decision = 'Revoke' WHERE id = 1", "DELETE FROM review_item WHERE id = 1",
            Copy, "UPDATE review_population SET content = ''", "DELETE FROM review_population", "UPDATE review_action SET reason = ''", "DELETE FROM review_action",
        })
        {
            var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => connection.ExecuteAsync(statement, Stop));
            Assert.True(refused.Message.Contains("ended", StringComparison.Ordinal) || refused.Message.Contains("append-only", StringComparison.Ordinal), $"{statement}: {refused.Message}");
        }

        Assert.Equal("campaign-state-forbids", (await scene.Get<ManageCampaigns>().CancelAsync(campaign.Id, "Oops.", ReviewScene.Ada, Stop)).Refusal!.Code);
    }
}
