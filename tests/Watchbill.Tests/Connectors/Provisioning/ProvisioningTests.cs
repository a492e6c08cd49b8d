using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors.Provisioning;

/// <summary>A change is made once, and done only when Sentry was read afterwards; what Sentry would refuse is refused before, in words.</summary>
public sealed class ProvisioningTests
{
    private static readonly ProvisioningOptions Impatient = new() { Pauses = [TimeSpan.Zero, TimeSpan.Zero] };

    [Theory, EveryEngine]
    public async Task Every_kind_of_change_is_made_and_proven(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var member = Plain(acme, 2);
        var (kept, other) = (member.Memberships[0].Team, acme.Acme.Teams.First(team => member.Memberships.All(link => link.Team != team)));
        var project = acme.Acme.Projects.First(project => !project.Teams.Contains(other));
        var teams = member.Memberships.Count;

        await ProvenAsync(acme, new(ChangeKind.JoinTeam) { Member = $"{member.Id}", Team = $"{other.Id}" });
        Assert.Contains(member.Memberships, link => link.Team == other);
        await ProvenAsync(acme, new(ChangeKind.ChangeTeamRole) { Member = $"{member.Id}", Team = $"{other.Id}", Role = "admin" });
        Assert.Equal("admin", member.Memberships.Single(link => link.Team == other).Role);
        await ProvenAsync(acme, new(ChangeKind.LeaveTeam) { Member = $"{member.Id}", Team = $"{other.Id}" });
        Assert.DoesNotContain(member.Memberships, link => link.Team == other);
        await ProvenAsync(acme, new(ChangeKind.ChangeOrgRole) { Member = $"{member.Id}", Role = "manager" });
        Assert.Equal(("manager", teams), (member.Role.Id, member.Memberships.Count));
        await ProvenAsync(acme, new(ChangeKind.AddProjectTeam) { Project = $"{project.Id}", Team = $"{other.Id}" });
        Assert.Contains(other, project.Teams);
        await ProvenAsync(acme, new(ChangeKind.RemoveProjectTeam) { Project = $"{project.Id}", Team = $"{other.Id}" });
        Assert.DoesNotContain(other, project.Teams);
        var invited = await ProvenAsync(acme, new(ChangeKind.Invite) { Email = "new@example.com", Role = "member" });
        await ProvenAsync(acme, new(ChangeKind.ResendInvitation) { Member = invited.ReadBack!.Member });
        await ProvenAsync(acme, new(ChangeKind.WithdrawInvitation) { Member = invited.ReadBack.Member });
        Assert.DoesNotContain(acme.Acme.Members, one => one.Email == "new@example.com");
        var removed = await ProvenAsync(acme, new(ChangeKind.RemoveMember) { Member = $"{member.Id}" });

        Assert.DoesNotContain(acme.Acme.Members, one => one.Id == member.Id);
        Assert.Contains(kept.Slug, removed.Before!.Teams!);
        Assert.Null(removed.ReadBack!.Member);
        Assert.Equal($"DELETE /organizations/acme/members/{member.Id}/: taken", removed.Sent);
        var audited = await AuditedAsync(acme, removed.Id);
        Assert.Equal(["change-asked", "change-proven"], audited.Select(static one => one.Action));
        Assert.Equal("Left the company.", audited[0].Reason);
    }

    [Fact]
    public async Task Nothing_is_changed_until_somebody_switches_it_on()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        var change = new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" };

        Assert.Equal("writing-off", (await AskAsync(acme, change)).Refusal!.Code);
        var off = await acme.Get<ManageWriting>().SwitchOnAsync(acme.Connector.Id, token: null, ConnectedOrganization.Somebody, Stop);
        Assert.Equal("needs-person", off.Refusal!.Code);
        Assert.Null((await acme.ReadConnectorAsync()).WritesSince);
        Assert.DoesNotContain(acme.Server.RequestLog.Entries, static request => request.Method != "GET");

        await SwitchOnAsync(acme);
        var connector = await acme.ReadConnectorAsync();
        Assert.Equal(("personal token", true), (connector.WriteTokenKind, connector.WritesSince is not null));
        Assert.True((await acme.Get<ManageWriting>().SwitchOffAsync(acme.Connector.Id, ConnectedOrganization.Somebody, Stop)).Succeeded);
        Assert.Equal("writing-off", (await AskAsync(acme, change)).Refusal!.Code);
        Assert.Null((await acme.ReadConnectorAsync()).WriteTokenLastFour);
    }

    /// <summary>Back to the token that reads: it is the one that is tried out, not the one it takes the place of.</summary>
    [Fact]
    public async Task The_token_that_takes_the_others_place_is_the_one_that_is_tried_out()
    {
        await using var acme = await StartAsync();

        var back = await acme.Get<ManageWriting>().SwitchOnAsync(acme.Connector.Id, token: null, ConnectedOrganization.Somebody, Stop);

        Assert.Equal("needs-person", back.Refusal!.Code);
        Assert.Equal("personal token", (await acme.ReadConnectorAsync()).WriteTokenKind);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_sent_and_sends_nothing()
    {
        await using var acme = await StartAsync();
        var member = Plain(acme, 2);
        acme.Server.RequestLog.Clear();

        var plan = await PlanAsync(acme, new(ChangeKind.ChangeOrgRole) { Member = $"{member.Id}", Role = "manager" });

        Assert.Equal($"PUT /organizations/acme/members/{member.Id}/ with the role manager and all {member.Memberships.Count} teams", plan.Request);
        Assert.Equal("member", plan.Before.OrgRole);
        Assert.DoesNotContain(acme.Server.RequestLog.Entries, static request => request.Method != "GET");
        Assert.Empty((await acme.Get<ManageChanges>().ListAsync(new(acme.Connector.Id), ConnectedOrganization.Somebody, Stop)).Value);
        Assert.True((await PlanAsync(acme, new(ChangeKind.ChangeOrgRole) { Member = $"{member.Id}", Role = "member" })).IsDone);
    }

    [Fact]
    public async Task What_Sentry_would_refuse_is_refused_before_with_the_way_out()
    {
        await using var acme = await StartAsync();
        var (member, owner) = (Plain(acme, 1), Owner(acme));
        var team = acme.Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));
        var mine = $"{member.Id}";
        acme.Server.RequestLog.Clear();

        await RefusedAsync(acme, "own-account", new(ChangeKind.RemoveMember) { Member = $"{owner.Id}" });
        await RefusedAsync(acme, "own-account", new(ChangeKind.ChangeOrgRole) { Member = $"{owner.Id}", Role = "member" });
        await RefusedAsync(acme, "role-retired", new(ChangeKind.ChangeOrgRole) { Member = mine, Role = "admin" });
        await RefusedAsync(acme, "role-unknown", new(ChangeKind.ChangeOrgRole) { Member = mine, Role = "emperor" });
        await RefusedAsync(acme, "role-unknown", new(ChangeKind.Invite) { Email = "new@example.com", Role = "emperor" });
        await RefusedAsync(acme, "member-not-on-team", new(ChangeKind.ChangeTeamRole) { Member = mine, Team = $"{team.Id}", Role = "admin" });
        await RefusedAsync(acme, "not-an-invitation", new(ChangeKind.WithdrawInvitation) { Member = mine });
        await RefusedAsync(acme, "not-an-invitation", new(ChangeKind.ResendInvitation) { Member = mine });
        await RefusedAsync(acme, "member-gone", new(ChangeKind.RemoveMember) { Member = "999999999" });
        await RefusedAsync(acme, "team-gone", new(ChangeKind.JoinTeam) { Member = mine, Team = "999999999" });
        await RefusedAsync(acme, "project-gone", new(ChangeKind.AddProjectTeam) { Project = "999999999", Team = $"{team.Id}" });
        await RefusedAsync(acme, "change-incomplete", new(ChangeKind.JoinTeam) { Member = mine });
        await RefusedAsync(acme, "change-incomplete", new(ChangeKind.Invite) { Email = "nobody", Role = "member" });
        Assert.Equal("reason-needed", (await acme.Get<RequestChange>().RunAsync(acme.Connector.Id, new(ChangeKind.RemoveMember) { Member = mine }, "Left\0", ConnectedOrganization.Somebody, Stop)).Refusal!.Code);
        await RefusedAsync(acme, "change-not-needed", new(ChangeKind.LeaveTeam) { Member = mine, Team = $"{team.Id}" });
        team.IsIdpProvisioned = true;
        await RefusedAsync(acme, "idp-managed-team", new(ChangeKind.JoinTeam) { Member = mine, Team = $"{team.Id}" });
        acme.Acme.Features.Remove("team-roles");
        await RefusedAsync(acme, "no-team-roles", new(ChangeKind.ChangeTeamRole) { Member = mine, Team = $"{member.Memberships[0].Team.Id}", Role = "admin" });

        Assert.DoesNotContain(acme.Server.RequestLog.Entries, static request => request.Method != "GET");
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        await SwitchOnAsync(acme);
        var owner = $"{Owner(acme).Id}";

        await RefusedAsync(acme, "last-owner", new(ChangeKind.RemoveMember) { Member = owner });
        await RefusedAsync(acme, "last-owner", new(ChangeKind.ChangeOrgRole) { Member = owner, Role = "member" });
    }

    [Fact]
    public async Task Whoever_is_outranked_is_told_and_so_is_an_integration()
    {
        await using var acme = await StartAsync();
        var manager = acme.Acme.AddMember("manager@example.com", "manager");
        await SwitchOnAsync(acme, acme.Acme.IssueToken(TokenKind.Personal, manager.User!.Id, ConnectedOrganization.EveryScope));
        var owner = $"{Owner(acme).Id}";

        await RefusedAsync(acme, "outranked", new(ChangeKind.ChangeOrgRole) { Member = owner, Role = "member" });
        await RefusedAsync(acme, "outranked", new(ChangeKind.ChangeOrgRole) { Member = $"{Plain(acme, 1).Id}", Role = "owner" });
        await RefusedAsync(acme, "outranked", new(ChangeKind.Invite) { Email = "new@example.com", Role = "owner" });

        var integration = await SwitchOnAsync(acme, acme.Acme.IssueToken(acme.Acme.AddSentryApp("Writer", ScopeSet.Of(ConnectedOrganization.EveryScope))));
        Assert.Equal("needs-person", integration.Single(static one => one.Kind is ChangeKind.RemoveMember).Refusal!.Code);
        Assert.Null(integration.Single(static one => one.Kind is ChangeKind.JoinTeam).Refusal);
        await RefusedAsync(acme, "needs-person", new(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" });
        await RefusedAsync(acme, "needs-person", new(ChangeKind.ChangeOrgRole) { Member = $"{Plain(acme, 1).Id}", Role = "manager" });
        await RefusedAsync(acme, "invites-members-only", new(ChangeKind.Invite) { Email = "new@example.com", Role = "manager" });
    }

    /// <summary>SCIM is the one way for integrations to remove somebody, and for anybody to change a team that the identity provider manages.</summary>
    [Fact]
    public async Task Through_SCIM_an_integration_does_what_is_closed_otherwise()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        acme.Acme.AuthProvider = new AuthProvider(77, "okta", RequireLink: false, ScimEnabled: true);
        await SwitchOnAsync(acme, acme.Acme.IssueToken(acme.Acme.AddSentryApp("Writer", ScopeSet.Of(ConnectedOrganization.EveryScope))));
        var member = Plain(acme, 1);
        var team = acme.Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));
        team.IsIdpProvisioned = true;

        await ProvenAsync(acme, new(ChangeKind.JoinTeam) { Member = $"{member.Id}", Team = $"{team.Id}" });
        Assert.Contains(member.Memberships, link => link.Team == team);
        await ProvenAsync(acme, new(ChangeKind.LeaveTeam) { Member = $"{member.Id}", Team = $"{team.Id}" });
        await ProvenAsync(acme, new(ChangeKind.ChangeOrgRole) { Member = $"{member.Id}", Role = "manager" });
        await RefusedAsync(acme, "scim-role-refused", new(ChangeKind.ChangeOrgRole) { Member = $"{member.Id}", Role = "owner" });
        var removed = await ProvenAsync(acme, new(ChangeKind.RemoveMember) { Member = $"{member.Id}" });

        Assert.Contains("scim/v2/Users", removed.Sent, StringComparison.Ordinal);
        Assert.DoesNotContain(acme.Acme.Members, one => one.Id == member.Id);
    }

    /// <summary>The answer is cut off after Sentry did it: reading back tells that it happened, and it is not sent again.</summary>
    [Fact]
    public async Task A_change_whose_answer_is_lost_is_proven_by_reading()
    {
        await using var acme = await StartAsync();
        var member = Plain(acme, 1);
        var team = acme.Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));
        acme.Server.Faults.Add(new FaultRule(FaultAction.TruncateBody, "*/members/*/teams/*") { Method = "POST" });

        var task = await ProvenAsync(acme, new(ChangeKind.JoinTeam) { Member = $"{member.Id}", Team = $"{team.Id}" });

        Assert.Equal(1, acme.Server.RequestLog.Entries.Count(static request => request.Method == "POST"));
        Assert.DoesNotContain("taken", task.Sent, StringComparison.Ordinal);
        Assert.Contains(member.Memberships, link => link.Team == team);
    }

    [Fact]
    public async Task What_may_work_later_is_tried_again_and_then_a_person_is_asked()
    {
        await using var first = await StartAsync();
        await using var acme = first.Again(Impatient);
        var mail = (Accounts)acme.Get<IOwnerMail>();
        await acme.Get<Database>().InTransactionAsync(
            transaction => acme.Get<ConnectorOwnerStore>().ReplaceAsync(transaction, acme.Connector.Id, [Accounts.Ada.Id], Stop), Stop);
        var change = new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" };
        acme.Server.Faults.Add(new FaultRule(FaultAction.GatewayUnavailable) { Method = "DELETE", Times = 2 });
        Assert.Equal(3, (await RunAsync(acme, change)).Attempts);

        var again = new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" };
        acme.Server.Faults.Set(new FaultRule(FaultAction.GatewayUnavailable) { Method = "DELETE" });
        var escalated = await RunAsync(acme, again);
        Assert.Equal((ProvisioningState.Escalated, 3, "sentry-out-of-reach"), (escalated.State, escalated.Attempts, escalated.FailureCode));
        Assert.Equal([$"change-escalated {Accounts.Ada.Id}"], mail.Mail.Where(static one => one.Kind == "change-escalated").Select(static one => $"{one.Kind} {one.To}"));
        Assert.Equal("change-not-escalated", (await acme.Get<ManageChanges>().RetryAsync(new(1), ConnectedOrganization.Somebody, Stop)).Refusal!.Code);

        acme.Server.Faults.Clear();
        Assert.True((await acme.Get<ManageChanges>().RetryAsync(escalated.Id, ConnectedOrganization.Somebody, Stop)).Succeeded);
        var proven = Assert.Single(await acme.Get<Provisioner>().RunDueAsync(acme.Connector.Id, Stop));
        Assert.Equal(ProvisioningState.Proven, proven.State);
    }

    [Fact]
    public async Task What_Sentry_refuses_goes_to_a_person_at_once()
    {
        await using var acme = await StartAsync();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond) { Method = "DELETE", Status = 403, Body = """{"detail":"This user is managed elsewhere."}""" });

        var task = await RunAsync(acme, new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" });

        Assert.Equal((ProvisioningState.Escalated, 1), (task.State, task.Attempts));
        Assert.Contains("This user is managed elsewhere.", task.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_access_request_is_no_membership()
    {
        await using var acme = await StartAsync();
        var member = Plain(acme, 1);
        var team = acme.Acme.Teams.First(team => member.Memberships.All(link => link.Team != team));
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/members/*/teams/*") { Method = "POST", Status = 202 });

        var task = await RunAsync(acme, new IntendedChange(ChangeKind.JoinTeam) { Member = $"{member.Id}", Team = $"{team.Id}" });

        Assert.Equal((ProvisioningState.Escalated, "join-only-requested", false), (task.State, task.FailureCode, task.ReadBack!.OnTeam));
    }

    /// <summary>A process dies after Sentry did it and before anything was written down: the next one reads first.</summary>
    [Theory, EveryEngine]
    public async Task Whoever_takes_over_from_a_dead_process_reads_first(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var member = Plain(acme, 1);
        var asked = await AskAsync(acme, new IntendedChange(ChangeKind.RemoveMember) { Member = $"{member.Id}" });
        var claimed = await acme.Get<ProvisioningStore>().ClaimAsync(acme.Connector.Id, "a process that died", Now, Now.AddMinutes(-1), Stop);
        Assert.Equal(asked.Value.Id, claimed!.Id);
        acme.Acme.RemoveMember(member);
        acme.Server.RequestLog.Clear();

        var task = Assert.Single(await acme.Get<Provisioner>().RunDueAsync(acme.Connector.Id, Stop));

        Assert.Equal((ProvisioningState.Proven, 2), (task.State, task.Attempts));
        Assert.DoesNotContain(acme.Server.RequestLog.Entries, static request => request.Method != "GET");
        Assert.False(await acme.Get<Database>().InTransactionAsync(
            transaction => ProvisioningStore.TryEndAsync(transaction, claimed with { State = ProvisioningState.Escalated, DueAt = Now }, Stop), Stop));
    }

    [Fact]
    public async Task A_role_that_somebody_else_changed_meanwhile_is_left_alone()
    {
        await using var acme = await StartAsync();
        var member = Plain(acme, 1);
        Assert.True((await AskAsync(acme, new IntendedChange(ChangeKind.ChangeOrgRole) { Member = $"{member.Id}", Role = "owner" })).Succeeded);
        acme.Acme.ChangeRole(member, "manager");

        var task = Assert.Single(await acme.Get<Provisioner>().RunDueAsync(acme.Connector.Id, Stop));

        Assert.Equal((ProvisioningState.Escalated, "changed-meanwhile", "manager"), (task.State, task.FailureCode, member.Role.Id));
    }

    [Fact]
    public async Task The_same_change_is_asked_for_once_and_can_be_taken_back()
    {
        await using var acme = await StartAsync();
        var change = new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" };
        var asked = await AskAsync(acme, change);

        Assert.Equal("change-already-asked", (await AskAsync(acme, change)).Refusal!.Code);
        Assert.True((await acme.Get<ManageChanges>().WithdrawAsync(asked.Value.Id, ConnectedOrganization.Somebody, Stop)).Succeeded);
        Assert.Empty(await acme.Get<Provisioner>().RunDueAsync(acme.Connector.Id, Stop));
        Assert.Equal("change-not-open", (await acme.Get<ManageChanges>().WithdrawAsync(asked.Value.Id, ConnectedOrganization.Somebody, Stop)).Refusal!.Code);
        Assert.Equal(["change-asked", "change-withdrawn"], (await AuditedAsync(acme, asked.Value.Id)).Select(static one => one.Action));
    }

    [Fact]
    public async Task A_paused_source_is_left_alone_until_it_is_resumed()
    {
        await using var first = await StartAsync();
        await using var acme = first.Again(new ProvisioningOptions { Pauses = [TimeSpan.FromDays(1)] });
        var change = new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" };
        var asked = await AskAsync(acme, change);
        Assert.True((await acme.Get<ManageConnector>().PauseAsync(await acme.ReadConnectorAsync(), ConnectedOrganization.Somebody, Stop)).Succeeded);

        var task = Assert.Single(await acme.Get<Provisioner>().RunDueAsync(acme.Connector.Id, Stop));

        Assert.Equal((ProvisioningState.Waiting, "connector-paused", null), (task.State, task.FailureCode, task.Sent));
        Assert.Equal("connector-paused", (await AskAsync(acme, change with { Member = $"{Owner(acme).Id}" })).Refusal!.Code);
        Assert.Contains(acme.Acme.Members, member => $"{member.Id}" == asked.Value.Change.Member);
    }

    /// <summary>The ledger follows what was changed, with the next run that was asked for by it.</summary>
    [Fact]
    public async Task The_ledger_follows()
    {
        await using var acme = await StartAsync();
        await acme.SyncAsync();
        var member = Plain(acme, 1);

        await ProvenAsync(acme, new(ChangeKind.RemoveMember) { Member = $"{member.Id}" });
        var queue = acme.Get<SyncQueue>();
        var due = await queue.ClaimAsync(Stop);
        Assert.True((await queue.RunAsync(due!, Stop)).Succeeded);

        Assert.DoesNotContain(await acme.OpenAsync<Watchbill.Access.Facts.MemberFact>(), fact => fact.Key == $"{member.Id}");
    }

    [Fact]
    public async Task The_token_for_changes_is_nowhere_but_encrypted()
    {
        await using var acme = await StartAsync();
        await RunAsync(acme, new IntendedChange(ChangeKind.RemoveMember) { Member = $"{Plain(acme, 1).Id}" });

        foreach (var file in acme.Files())
        {
            Assert.DoesNotContain(acme.Server.World.Tokens.Last().Value, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, Stop), StringComparison.Ordinal);
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ConnectedOrganization> StartAsync(TestEngine engine = TestEngine.Sqlite)
    {
        var acme = await ConnectedOrganization.StartAsync(engine: engine);
        acme.Acme.AddMember("second.owner@example.com", "owner");
        acme.Acme.AuthProvider = null;
        await SwitchOnAsync(acme);
        return acme;
    }

    private static async Task<IReadOnlyList<WritingAbility>> SwitchOnAsync(ConnectedOrganization acme, string? token = null)
    {
        var on = await acme.Get<ManageWriting>().SwitchOnAsync(
            acme.Connector.Id, token ?? acme.OwnerToken(), ConnectedOrganization.Somebody, Stop);
        Assert.True(on.Succeeded, on.Refusal?.ToString());
        return on.Value;
    }

    private static Member Owner(ConnectedOrganization acme) => acme.Acme.Members.First(static member => member is { Role.Id: "owner", IsListed: true, IsPending: false });

    private static Member Plain(ConnectedOrganization acme, int teams) =>
        acme.Acme.Members.First(member => member is { Role.Id: "member", IsListed: true, IsPending: false } && member.Memberships.Count >= teams && member.Memberships.All(static link => link.Role is null));

    private static Task<Result<ProvisioningTask>> AskAsync(ConnectedOrganization acme, IntendedChange change) =>
        acme.Get<RequestChange>().RunAsync(acme.Connector.Id, change, "Left the company.", ConnectedOrganization.Somebody, Stop);

    private static async Task<ChangePlan> PlanAsync(ConnectedOrganization acme, IntendedChange change)
    {
        var plan = await acme.Get<RequestChange>().PlanAsync(acme.Connector.Id, change, ConnectedOrganization.Somebody, Stop);
        Assert.True(plan.Succeeded, plan.Refusal?.ToString());
        return plan.Value;
    }

    private static async Task RefusedAsync(ConnectedOrganization acme, string code, IntendedChange change)
    {
        var asked = await AskAsync(acme, change);
        Assert.True(asked.Refusal?.Code == code, $"{change}: {asked.Refusal?.ToString() ?? "not refused"}, not {code}");
    }

    /// <summary>Asks for a change and makes it, as often as it is due.</summary>
    private static async Task<ProvisioningTask> RunAsync(ConnectedOrganization acme, IntendedChange change)
    {
        var asked = await AskAsync(acme, change);
        Assert.True(asked.Succeeded, asked.Refusal?.ToString());
        await acme.Get<Provisioner>().RunDueAsync(acme.Connector.Id, Stop);
        return (await acme.Get<ManageChanges>().FindAsync(asked.Value.Id, ConnectedOrganization.Somebody, Stop)).Value;
    }

    private static async Task<ProvisioningTask> ProvenAsync(ConnectedOrganization acme, IntendedChange change)
    {
        var task = await RunAsync(acme, change);
        Assert.True(task is { State: ProvisioningState.Proven, FailureCode: null, ReadBackAt: not null }, $"{change.Kind}: {task.State} {task.FailureCode} {task.Note}");
        return task;
    }

    private static async Task<List<AuditEvent>> AuditedAsync(ConnectedOrganization acme, ProvisioningTaskId task) =>
        [.. (await acme.Get<AuditLog>().ListAsync(new AuditQuery { SubjectKind = "provisioning-task", SubjectId = task.ToString() }, Stop)).OrderBy(static one => one.Id)];
}
