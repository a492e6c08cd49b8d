using System.Net.Http.Json;
using LinqToDB;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>Runs that read only what Sentry's audit log names: few requests, and the same ledger as if everything had been read.</summary>
public sealed class IncrementalSyncTests
{
    private static readonly OrganizationSize Size = new(Members: 250, Teams: 20, Projects: 30, AuditRows: 300);

    [Theory, EveryEngine]
    public async Task Where_nothing_changed_it_costs_one_request_and_says_until_when(TestEngine engine)
    {
        await using var acme = await ReadAsync(engine);
        var run = await acme.CatchUpAsync();

        Assert.Equal((SyncRunState.Succeeded, SyncMode.Incremental, 1), (run.State, run.Mode, run.Requests));
        Assert.Equal([Scope.AuditLog], (await acme.LogAsync(run)).Select(static scope => scope.Scope));
        var states = await StatesAsync(acme);
        Assert.All(states.Where(static state => state.Scope != Scope.AuditLog && state.LastCompleteAt is not null), state => Assert.True(state.VouchedAt > state.LastCompleteAt, state.Scope));
        Assert.DoesNotContain(states, static state => state is { StaleSince: not null, LastCompleteAt: not null });
    }

    [Fact]
    public async Task It_reads_just_what_the_log_names()
    {
        await using var acme = await ReadAsync();
        var organization = acme.Acme;
        var people = organization.Members.Where(static member => member is { IsPending: false, IsListed: true, Role.Id: "member" }).ToList();
        var joins = people.First(member => organization.Teams.Any(team => member.Memberships.All(link => link.Team != team)));

        organization.JoinTeam(joins, organization.Teams.First(team => joins.Memberships.All(link => link.Team != team)));
        Assert.Equal(["audit-log", "organization", "team-members"], await FamiliesAsync(acme, await CatchUpSoundlyAsync(acme, requests: 3)));

        organization.ChangeRole(joins, "manager");
        Assert.Equal(["audit-log", "members", "organization"], await FamiliesAsync(acme, await CatchUpSoundlyAsync(acme, requests: 3)));

        organization.AddProjectTeam(organization.Projects[0], organization.Teams.First(team => !organization.Projects[0].Teams.Contains(team)));
        Assert.Equal(["audit-log", "organization", "projects"], await FamiliesAsync(acme, await CatchUpSoundlyAsync(acme, requests: 3)));

        organization.SetOpenMembership(!organization.Settings.OpenMembership);
        Assert.Equal(["audit-log", "organization"], await FamiliesAsync(acme, await CatchUpSoundlyAsync(acme, requests: 2)));

        organization.AddMember("dawn@example.com");
        await CatchUpSoundlyAsync(acme, requests: 3);

        var leaver = people.Last(static member => member.Memberships.Count > 0);
        var places = leaver.Memberships.Count;
        organization.RemoveMember(leaver);
        await CatchUpSoundlyAsync(acme, requests: 3 + places);

        var renamed = organization.Teams[3];
        organization.RenameTeam(renamed, "harbour-masters");
        organization.JoinTeam(joins, renamed);
        await CatchUpSoundlyAsync(acme, requests: 4);

        organization.DeleteTeam(renamed);
        await CatchUpSoundlyAsync(acme, requests: null);
        Assert.Equal(1, (await acme.CatchUpAsync()).Requests);
    }

    /// <summary>Sentry replaces all teams and team roles of a member at once; the line about the member is all that tells of it.</summary>
    [Fact]
    public async Task Teams_and_roles_that_were_set_with_the_member_are_read()
    {
        await using var acme = await ReadAsync();
        var member = acme.Acme.Members.First(static member => member is { IsPending: false, IsListed: true, Role.Id: "member", Memberships.Count: > 1 });
        var manager = acme.Acme.Members.First(static member => member is { IsPending: false, IsListed: true, Role.Id: "owner" });
        using var http = new HttpClient { BaseAddress = acme.Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", acme.Acme.IssueToken(TokenKind.Personal, manager.User!.Id, "member:admin", "org:read"));
        var (kept, joined) = (member.Memberships[0].Team.Slug, acme.Acme.Teams.First(team => member.Memberships.All(link => link.Team != team)).Slug);
        var roles = new[] { new { teamSlug = kept, role = "admin" }, new { teamSlug = joined, role = "contributor" } };
        using var answer = await http.PutAsJsonAsync($"api/0/organizations/acme/members/{member.Id}/", new { orgRole = "manager", teamRoles = roles }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        await CatchUpSoundlyAsync(acme, requests: null);
    }

    /// <summary>Whatever happens in whatever order, reading only what is logged ends where reading everything would.</summary>
    [Theory, EveryEngine]
    public async Task Many_changes_read_by_the_log_alone_are_the_truth(TestEngine engine)
    {
        foreach (var seed in engine is TestEngine.Sqlite ? (int[])[1, 2, 3] : [4])
        {
            var random = new Random(seed);
            await using var acme = await ReadAsync(engine, seed: seed);
            for (var round = 0; round < 12; round++)
            {
                for (var change = random.Next(6); change > 0; change--)
                {
                    ChaosTests.Change(acme.Acme, random);
                }

                var run = await acme.CatchUpAsync();
                Assert.True(run.State is SyncRunState.Succeeded, $"Seed {seed}, round {round}: {run.Reason}");
                await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
            }
        }
    }

    /// <summary>Whoever joins while the team is read may be missed by that read, but not by the next run: its line was seen later.</summary>
    [Fact]
    public async Task What_happens_during_a_run_is_read_by_the_next()
    {
        await using var acme = await ReadAsync();
        var organization = acme.Acme;
        organization.JoinTeam(organization.Members.First(member => member.Memberships.All(link => link.Team != organization.Teams[0])), organization.Teams[0]);
        acme.Server.Faults.Add(new FaultRule(FaultAction.DeleteMember, "*/members/") { Nth = 1 });
        await acme.CatchUpAsync();
        await acme.CatchUpAsync();

        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
    }

    /// <summary>Sentry writes no line when an account is switched off or a role comes from SCIM.</summary>
    [Fact]
    public async Task What_leaves_no_line_is_found_by_a_full_run_and_reported()
    {
        await using var acme = await ReadAsync();
        var member = acme.Acme.Members.First(static member => member is { IsPending: false, IsListed: true, Role.Id: "member", Memberships.Count: 0 });
        acme.Acme.SetActive(member, active: false);
        var incremental = await acme.CatchUpAsync();
        Assert.Contains(await acme.OpenAsync<MemberFact>(), fact => fact.Key == $"{member.Id}");
        var full = await acme.SyncAsync();

        Assert.Equal((1, 0), (incremental.Requests, incremental.Closed));
        Assert.Equal((SyncMode.Full, 1), (full.Mode, full.Unlogged));
        Assert.DoesNotContain(await acme.OpenAsync<MemberFact>(), fact => fact.Key == $"{member.Id}");
    }

    [Fact]
    public async Task Without_the_log_the_listings_and_a_share_of_the_teams_are_read()
    {
        await using var acme = await ConnectedOrganization.StartAsync(Size);
        var full = await acme.SyncAsync();
        var organization = acme.Acme;
        var joins = organization.Members.First(member => member is { IsPending: false, IsListed: true } && organization.Teams.Any(team => member.Memberships.All(link => link.Team != team)));
        organization.JoinTeam(joins, organization.Teams.First(team => joins.Memberships.All(link => link.Team != team)));
        var run = await acme.CatchUpAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        Assert.InRange(run.Requests, 5, full.Requests * 2 / 3);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
        Assert.DoesNotContain(await StatesAsync(acme), static state => state is { StaleSince: not null, LastCompleteAt: not null });
    }

    [Fact]
    public async Task What_is_stale_is_read_again()
    {
        await using var acme = await ReadAsync();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/projects/") { Status = 500 });
        Assert.Equal(SyncRunState.Degraded, (await acme.SyncAsync()).State);
        acme.Server.Faults.Clear();
        var run = await acme.CatchUpAsync();

        Assert.Equal((SyncRunState.Succeeded, 3), (run.State, run.Requests));
        Assert.DoesNotContain(await StatesAsync(acme), static state => state is { StaleSince: not null, LastCompleteAt: not null });
    }

    /// <summary>A log that cannot be read names nothing; nothing may be taken for unchanged then.</summary>
    [Fact]
    public async Task A_log_that_fails_vouches_for_nothing()
    {
        await using var acme = await ReadAsync();
        acme.Acme.JoinTeam(acme.Acme.Members.First(static member => member.Memberships.Count == 0 && !member.IsPending), acme.Acme.Teams[0]);
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/audit-logs/") { Status = 500 });
        var run = await acme.CatchUpAsync();

        Assert.Equal(SyncRunState.Degraded, run.State);
        Assert.All(await StatesAsync(acme), static state => Assert.Null(state.VouchedAt));
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
    }

    [Fact]
    public async Task A_dead_token_leaves_everything_stale()
    {
        await using var acme = await ReadAsync();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*") { Status = 401, Body = """{"detail":"Invalid token"}""" });
        var run = await acme.CatchUpAsync();

        Assert.Equal(SyncRunState.Failed, run.State);
        Assert.All((await StatesAsync(acme)).Where(static state => state.LastCompleteAt is not null), static state => Assert.NotNull(state.StaleSince));
    }

    [Fact]
    public async Task The_first_run_is_full_whatever_was_asked()
    {
        await using var acme = await ConnectedOrganization.StartAsync(Size, readsAuditLog: true);
        var run = await acme.CatchUpAsync();

        Assert.Equal((SyncMode.Full, SyncRunState.Succeeded), (run.Mode, run.State));
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
    }

    [Fact]
    public async Task A_schedule_reads_everything_once_a_day_and_changes_otherwise()
    {
        await using var acme = await ConnectedOrganization.StartAsync(Size, readsAuditLog: true, options: new SyncOptions { FullEvery = TimeSpan.FromHours(1) });
        Assert.Equal([SyncMode.Full, SyncMode.Incremental, SyncMode.Incremental], [await DueAsync(acme), await DueAsync(acme), await DueAsync(acme)]);
        var longAgo = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2);
        await using (var connection = acme.Get<Database>().Open())
        {
            await connection.GetTable<SyncRunRow>().Where(static row => row.Mode == SyncMode.Full)
                .Set(static row => row.StartedAt, longAgo).UpdateAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(SyncMode.Full, await DueAsync(acme));
    }

    [Fact]
    public async Task A_look_costs_one_request_and_asks_for_a_run_only_when_something_changed()
    {
        await using var acme = await ReadAsync();
        var watch = acme.Get<WatchAuditLog>();
        var before = acme.Server.RequestLog.Total;
        Assert.False(await watch.LookAsync(acme.Connector.Id, TestContext.Current.CancellationToken));
        Assert.Equal(1, acme.Server.RequestLog.Total - before);
        Assert.Contains(await StatesAsync(acme), static state => state.VouchedAt is not null);
        Assert.Single((await acme.Get<ConnectorQueries>().RunsAsync(acme.Connector.Id, 10, Caller.System, default)).Value);

        acme.Acme.SetOpenMembership(!acme.Acme.Settings.OpenMembership);
        Assert.True(await watch.LookAsync(acme.Connector.Id, TestContext.Current.CancellationToken));
        var claim = await acme.Get<SyncQueue>().ClaimAsync(TestContext.Current.CancellationToken);
        var run = await acme.Get<SyncQueue>().RunAsync(claim!, TestContext.Current.CancellationToken);
        Assert.Equal((SyncMode.Incremental, 2), (run.Value.Mode, run.Value.Requests));
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
    }

    /// <summary>The slug was given to another organization: its log must not be taken for ours.</summary>
    [Fact]
    public async Task Another_organization_under_the_slug_is_noticed_before_its_log_is_kept()
    {
        await using var acme = await ReadAsync();
        await using (var connection = acme.Get<Database>().Open())
        {
            await connection.GetTable<ConnectorRow>().Set(static row => row.OrganizationId, "999999").UpdateAsync(TestContext.Current.CancellationToken);
            await connection.GetTable<LoggedEvent>().DeleteAsync(TestContext.Current.CancellationToken);
        }

        var run = await acme.CatchUpAsync();

        Assert.NotEqual(SyncRunState.Succeeded, run.State);
        await using var after = acme.Get<Database>().Open();
        Assert.Empty(after.GetTable<LoggedEvent>().ToList());
    }

    /// <summary>Nobody has said yet what such a line means for access: everything is read, once.</summary>
    [Fact]
    public async Task A_line_of_an_unknown_kind_means_reading_everything_once()
    {
        await using var acme = await ReadAsync();
        acme.Acme.DeleteTeam(acme.Acme.Teams[2]);
        await CatchUpSoundlyAsync(acme, requests: null);
        var now = TimeProvider.System.GetUtcNow();
        await using (var connection = acme.Get<Database>().Open())
        {
            await connection.InsertAsync(new LoggedEvent { ConnectorId = acme.Connector.Id, EntryId = 987_654_321, At = now, SeenAt = now, Event = "billing.plan-changed" }, token: TestContext.Current.CancellationToken);
        }

        var run = await acme.CatchUpAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        Assert.Contains(Scope.ClientKeys, (await acme.LogAsync(run)).Select(static scope => scope.Scope));
        Assert.Equal(1, (await acme.CatchUpAsync()).Requests);
    }

    /// <summary>What an interrupted run read of a team is older than the line that names the team.</summary>
    [Fact]
    public async Task A_team_that_changed_since_an_interrupted_run_read_it_is_read_again()
    {
        await using var acme = await ReadAsync();
        var team = acme.Acme.Teams.First(static team => team.MemberCount > 2);
        using (var stop = new CancellationTokenSource())
        {
            acme.Server.Faults.Add(new FaultRule(FaultAction.Delay, "*/audit-logs/") { Nth = 2, Delay = TimeSpan.FromMinutes(1) });
            var progress = new Stop(stop);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => acme.Get<SyncOrganization>().RunAsync(acme.Connector.Id, SyncMode.Full, ConnectedOrganization.Somebody, progress, stop.Token));
        }

        acme.Server.Faults.Clear();
        acme.Acme.LeaveTeam(acme.Acme.Members.First(member => member is { IsPending: false, IsListed: true } && member.Memberships.Any(link => link.Team == team)), team);
        await CatchUpSoundlyAsync(acme, requests: null);
    }

    /// <summary>Stops a run when something was staged for the first time.</summary>
    private sealed class Stop(CancellationTokenSource stop) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => stop.Cancel();
    }

    private static async Task<ConnectedOrganization> ReadAsync(TestEngine engine = TestEngine.Sqlite, int seed = 1)
    {
        var acme = await ConnectedOrganization.StartAsync(Size, engine: engine, seed: seed, readsAuditLog: true);
        Assert.Equal(SyncRunState.Succeeded, (await acme.SyncAsync()).State);
        return acme;
    }

    private static async Task<SyncRun> CatchUpSoundlyAsync(ConnectedOrganization acme, int? requests)
    {
        var run = await acme.CatchUpAsync();
        Assert.True(run.State is SyncRunState.Succeeded, run.Reason);
        await SyncOrganizationTests.AssertLedgerIsTruthAsync(acme);
        Assert.True(requests is null || requests == run.Requests, $"{run.Requests} instead of {requests} requests: {string.Join(", ", acme.Server.RequestLog.Entries.TakeLast(run.Requests).Select(static entry => entry.Path))}");
        Assert.Equal(run.PredictedRequests, run.Requests);
        return run;
    }

    private static async Task<IEnumerable<string>> FamiliesAsync(ConnectedOrganization acme, SyncRun run) =>
        (await acme.LogAsync(run)).Select(static scope => Scope.FamilyOf(scope.Scope)).Order(StringComparer.Ordinal);

    private static Task<IReadOnlyList<ScopeState>> StatesAsync(ConnectedOrganization acme) => acme.Get<Ledger>().ScopesAsync(acme.Connector.Id, TestContext.Current.CancellationToken);

    private static async Task<SyncMode> DueAsync(ConnectedOrganization acme) =>
        (await acme.Get<SyncOrganization>().RunAsync(acme.Connector.Id, mode: null, ConnectedOrganization.Somebody, progress: null, TestContext.Current.CancellationToken)).Value.Mode;
}
