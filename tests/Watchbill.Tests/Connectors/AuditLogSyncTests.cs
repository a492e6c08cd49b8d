using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access;
using Watchbill.Access.Changes;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Access.Queries;
using Watchbill.Connectors;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>Sentry's own audit log: kept whole, read once, and used to say who changed what and when.</summary>
public sealed class AuditLogSyncTests
{
    private static readonly OrganizationSize Size = new(Members: 30, Teams: 8, Projects: 12, AuditRows: 700);

    [Theory, EveryEngine]
    public async Task The_first_run_keeps_the_whole_log_and_the_next_one_asks_before_and_after(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var first = await acme.SyncAsync();
        var kept = await EventsAsync(acme);
        var second = await acme.SyncAsync();

        Assert.Equal(Expected(acme), kept.Select(static logged => logged.EntryId).Order());
        Assert.True((await ReachAsync(acme))!.IsWhole);
        Assert.Equal(SyncRunState.Succeeded, first.State);
        Assert.Equal(2, (await acme.LogAsync(second)).Single(static scope => scope.Scope == Scope.AuditLog).Requests);
        Assert.Equal(kept.Count, (await EventsAsync(acme)).Count);
    }

    [Theory, EveryEngine]
    public async Task Every_change_that_Sentry_logged_says_who_made_it_and_when(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        await acme.SyncAsync();
        var organization = acme.Acme;
        var people = organization.Members.Where(static member => member is { IsPending: false, IsListed: true }).ToList();
        var (ann, bob) = (Actor.Of(people[0].User!), Actor.Of(people[1].User!));
        var joins = people.First(member => organization.Teams.Any(team => member.Memberships.All(link => link.Team != team)));
        var joined = organization.Teams.First(team => joins.Memberships.All(link => link.Team != team));
        var leaves = people.Last(static member => member.Memberships.Count > 0).Memberships[0];
        var (left, leaver) = (leaves.Team, leaves.Member);
        var promoted = people.First(member => member.Role.Id == "member" && member != joins && member != leaver);
        var gone = people.Last(member => member.Role.Id == "member" && member != joins && member != leaver && member != promoted);

        organization.JoinTeam(joins, joined, ann);
        organization.LeaveTeam(leaver, left, bob);
        organization.ChangeRole(promoted, "manager", bob);
        organization.RemoveMember(gone, ann);
        var team = organization.CreateTeam("night-watch", by: ann);
        var project = organization.CreateProject("lantern", team, ann);
        await acme.SyncAsync();

        var causes = await CausesAsync(acme);
        Assert.Equal(("member.join-team", ann.User!.Email), Explained(causes, FactKind.TeamMembership, TeamMembershipFact.KeyOf($"{joined.Id}", $"{joins.Id}"), isEnd: false));
        Assert.Equal(("member.leave-team", bob.User!.Email), Explained(causes, FactKind.TeamMembership, TeamMembershipFact.KeyOf($"{left.Id}", $"{leaver.Id}"), isEnd: true));
        Assert.Equal(("member.edit", bob.User.Email), Explained(causes, FactKind.Member, $"{promoted.Id}", isEnd: false));
        Assert.Equal(("member.remove", ann.User.Email), Explained(causes, FactKind.Member, $"{gone.Id}", isEnd: true));
        Assert.Equal(("team.create", ann.User.Email), Explained(causes, FactKind.Team, $"{team.Id}", isEnd: false));
        Assert.Equal(("project.create", ann.User.Email), Explained(causes, FactKind.Project, $"{project.Id}", isEnd: false));
        Assert.All(causes, static pair => Assert.True((pair.Cause.At - pair.Event.At).Duration() < TimeSpan.FromMinutes(2)));
    }

    /// <summary>Keys, tokens and apps, too; and the difference between two instants says who made it.</summary>
    [Theory, EveryEngine]
    public async Task What_is_no_person_is_explained_and_the_difference_says_by_whom(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        await acme.SyncAsync();
        var before = TimeProvider.System.GetUtcNow();
        var organization = acme.Acme;
        var ann = Actor.Of(organization.Members.First(static member => member is { IsPending: false, IsListed: true }).User!);
        var keys = organization.Projects.SelectMany(static project => project.Keys).ToList();
        var (added, removed, changed) = (organization.CreateKey(organization.Projects[0], "nightly", ann), keys[0], keys[1]);
        organization.DeleteKey(removed, ann);
        organization.ChangeKey(changed, static key => key.IsActive = !key.IsActive, ann);
        organization.IssueOrganizationToken("deploy-at-night");
        var app = organization.AddSentryApp("Night watch", ScopeSet.Of(["org:read"]));
        await acme.SyncAsync();

        var causes = await CausesAsync(acme);
        Assert.Equal(("projectkey.create", ann.User!.Email), Explained(causes, FactKind.NonHuman, NonHumanFact.KeyOf(NonHumanKind.ClientKey, added.PublicKey), isEnd: false));
        Assert.Equal(("projectkey.remove", ann.User.Email), Explained(causes, FactKind.NonHuman, NonHumanFact.KeyOf(NonHumanKind.ClientKey, removed.PublicKey), isEnd: true));
        Assert.Equal("projectkey.edit", Explained(causes, FactKind.NonHuman, NonHumanFact.KeyOf(NonHumanKind.ClientKey, changed.PublicKey), isEnd: false).Item1);
        Assert.Equal("internal-integration.create", Explained(causes, FactKind.NonHuman, NonHumanFact.KeyOf(NonHumanKind.InternalIntegration, $"{app.Uuid}"), isEnd: false).Item1);
        Assert.Single(causes, static pair => pair.Event.Event == "org-auth-token.create");

        var (then, now) = (await GraphAsync(acme, before), await GraphAsync(acme, at: null));
        var changes = await acme.Get<ExplainChanges>().RunAsync(acme.Connector.Id, (before, TimeProvider.System.GetUtcNow()), AccessChanges.Between(then, now), default);
        Assert.All([added, removed], key => Assert.Equal(ann.User.Email, Assert.Single(changes, change => change.SubjectId.EndsWith(key.PublicKey, StringComparison.Ordinal)).Cause?.Actor));
        Assert.DoesNotContain(changes, static change => change.Cause is null);
        var elsewhere = await acme.Get<ExplainChanges>().RunAsync(acme.Connector.Id, (before.AddYears(-1), before), AccessChanges.Between(then, now), default);
        Assert.All(elsewhere, static change => Assert.Null(change.Cause));
    }

    /// <summary>A line about one person explains nothing about another, however near in time; SCIM and deactivations leave no line.</summary>
    [Fact]
    public async Task What_no_line_is_about_stays_unexplained()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite);
        await acme.SyncAsync();
        var people = acme.Acme.Members.Where(static member => member is { IsPending: false, IsListed: true, Role.Id: "member" }).ToList();

        acme.Acme.ChangeRole(people[0], "manager");
        acme.Acme.SetActive(people[1], active: false);
        await acme.SyncAsync();

        var causes = await CausesAsync(acme);
        Assert.Contains(await acme.FactsAsync<MemberFact>(), fact => fact.Key == $"{people[1].Id}" && !fact.Period().IsOpen);
        Assert.All(causes, cause => Assert.Equal($"{people[0].Id}", cause.Cause.Key));
        Assert.Equal(2, causes.Count);
    }

    [Fact]
    public async Task A_history_that_was_cut_off_is_read_again_and_nothing_is_missing()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite);
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/audit-logs/") { Status = 500, After = 4 });
        var first = await acme.SyncAsync();
        var reach = await ReachAsync(acme);
        acme.Server.Faults.Clear();
        acme.Acme.JoinTeam(acme.Acme.Members.First(static member => member.Memberships.Count == 0 && !member.IsPending), acme.Acme.Teams[0]);
        await acme.SyncAsync();

        Assert.NotEqual(SyncRunState.Failed, first.State);
        Assert.False(reach?.IsWhole);
        Assert.True((await ReachAsync(acme))!.IsWhole);
        Assert.Equal(Expected(acme), (await EventsAsync(acme)).Select(static logged => logged.EntryId).Order());
    }

    [Fact]
    public async Task A_token_that_may_not_read_the_log_reads_everything_else()
    {
        await using var acme = await ConnectedOrganization.StartAsync(Size);
        var run = await acme.SyncAsync();

        Assert.Equal(SyncRunState.Succeeded, run.State);
        var line = (await acme.LogAsync(run)).Single(static scope => scope.Scope == Scope.AuditLog);
        Assert.Equal((ScopeOutcome.NotPermitted, 1), (line.Outcome, line.Requests));
        Assert.Contains("org:write", line.Note, StringComparison.Ordinal);
        Assert.Empty(await EventsAsync(acme));
    }

    private static async Task<AccessGraph> GraphAsync(ConnectedOrganization acme, DateTimeOffset? at) => (await acme.Get<AccessQueries>().GraphAsync(acme.Connector.Id, at, default)).Value;

    private static Task<ConnectedOrganization> StartAsync(TestEngine engine) => ConnectedOrganization.StartAsync(Size, engine: engine, readsAuditLog: true);

    private static IEnumerable<long> Expected(ConnectedOrganization acme) => acme.Acme.Audit.NewestFirst.Select(static row => row.Id).Order();

    private static async Task<List<LoggedEvent>> EventsAsync(ConnectedOrganization acme)
    {
        await using var connection = acme.Get<Database>().Open();
        return await connection.GetTable<LoggedEvent>().ToListAsync();
    }

    private static Task<LoggedReach?> ReachAsync(ConnectedOrganization acme) => acme.Get<LoggedStore>().ReachAsync(acme.Connector.Id, default);

    private static async Task<List<(FactCause Cause, LoggedEvent Event)>> CausesAsync(ConnectedOrganization acme)
    {
        await using var connection = acme.Get<Database>().Open();
        var causes = await connection.GetTable<FactCause>().ToListAsync();
        var events = (await EventsAsync(acme)).ToDictionary(static logged => logged.EntryId);
        return [.. causes.Select(cause => (cause, events[cause.EntryId]))];
    }

    private static (string, string?) Explained(List<(FactCause Cause, LoggedEvent Event)> causes, FactKind kind, string key, bool isEnd)
    {
        var found = causes.Single(pair => pair.Cause.Kind == kind && pair.Cause.Key == key && pair.Cause.IsEnd == isEnd).Event;
        return (found.Event, found.Actor);
    }
}
