using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Logged;
using Watchbill.Compliance;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Runs;
using Watchbill.Compliance.Settings;
using Watchbill.Connectors.Collecting;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Compliance;

/// <summary>Checks over what a real sync and real collections stored of the simulated Sentry.</summary>
public sealed class CheckRunTests
{
    private static readonly OrganizationSize Size = new(Members: 20, Teams: 5, Projects: 8, AuditRows: 300, IssuesPerProject: 10, ReleasesPerProject: 4);

    [Theory, EveryEngine]
    public async Task What_they_say_is_what_the_simulator_holds(TestEngine engine)
    {
        await using var acme = await ReadAsync(engine);
        var run = await RunAsync(acme);

        Assert.Equal(CheckCatalogue.All.Select(static check => check.Definition.Id), run.Lines.Select(static line => line.CheckId));
        var organization = acme.Acme;
        Assert.Equal(organization.Settings.AllowSharedIssues ? CheckOutcome.Fail : CheckOutcome.Pass, LineOf(run, "org-shared-issues-disabled").Outcome);
        Assert.Equal(organization.Settings.Require2Fa ? CheckOutcome.Pass : CheckOutcome.Fail, LineOf(run, "org-mfa-or-sso-enforced").Outcome);
        AssertSame(
            organization.Members.Where(static member => member is { IsListed: true, IsPending: false }).Where(static member => !member.User!.Has2fa && !member.Flags.HasFlag(MemberFlags.SsoLinked)).Select(static member => $"{member.Id}"),
            await KeysAsync(acme, "member-strong-auth", CheckOutcome.Fail));
        AssertSame(organization.Projects.Where(static project => project.Teams.Count == 0).Select(static project => $"{project.Id}"), await KeysAsync(acme, "project-has-owner-team", CheckOutcome.Fail));
        AssertSame(organization.Projects.Where(static project => !project.Settings.VerifySsl).Select(static project => $"{project.Id}"), await KeysAsync(acme, "project-verify-ssl", CheckOutcome.Fail));
        AssertSame(
            organization.Projects.SelectMany(static project => project.Keys).Where(static key => key is { IsActive: true, RateLimit: null }).Select(static key => key.PublicKey),
            await KeysAsync(acme, "key-rate-limited", CheckOutcome.Fail));
        Assert.True(run.Lines.Count(static line => line.Outcome is CheckOutcome.NotEvaluated) < 12, string.Join("\n", run.Lines.Where(static line => line.Outcome is CheckOutcome.NotEvaluated).Select(static line => $"{line.CheckId}: {line.Reason}")));
    }

    [Theory, EveryEngine]
    public async Task Checks_run_by_themselves_once_something_was_read_and_not_again_at_once(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(Size, engine: engine);
        var queue = acme.Get<CheckQueue>();
        Assert.Empty(await queue.RunDueAsync(default));
        await acme.SyncAsync();
        var first = Assert.Single(await queue.RunDueAsync(default));
        Assert.Contains((await acme.Get<CheckQueries>().PostureAsync(acme.Connector.Id, 1, ConnectedOrganization.Somebody, default)).Value.Inputs, static input => input is { ReadAt: null, Title: "Issues", Problem: not null });
        await acme.SyncAsync();
        Assert.Empty(await queue.RunDueAsync(default));
        await using var session = acme.Get<Database>().OpenRead();
        var kept = (await CheckRunStore.FindAsync(session, first.Id, default))!;
        Assert.True(CheckRunStore.InputsOf(kept)["issues"].IsAwaited);
        Assert.False(CheckRunStore.InputsOf(kept)["members"].IsAwaited);
        Assert.False(CheckRunStore.InputsOf(kept)["audit-log"].IsAwaited);
    }

    [Fact]
    public async Task Without_the_right_to_read_nothing_passes()
    {
        await using var acme = await ReadAsync(readsAuditLog: false);
        var run = await RunAsync(acme);
        Assert.All(run.Lines.Where(static line => line.CheckId.StartsWith("auditlog-", StringComparison.Ordinal)), static line =>
        {
            Assert.Equal(CheckOutcome.NotEvaluated, line.Outcome);
            Assert.Contains("org:write", line.Reason, StringComparison.Ordinal);
        });
    }

    [Theory, EveryEngine]
    public async Task A_second_run_writes_only_what_changed(TestEngine engine)
    {
        await using var acme = await ReadAsync(engine);
        await RunAsync(acme);
        var before = await CountAsync(acme);
        var again = await RunAsync(acme);
        Assert.Equal(before, await CountAsync(acme));

        var project = acme.Acme.Projects.First(static project => project.Teams.Count > 0);
        foreach (var team in project.Teams.ToList())
        {
            acme.Acme.RemoveProjectTeam(project, team);
        }

        await acme.SyncAsync();
        var changed = await RunAsync(acme);
        Assert.NotEqual(again.Digest, changed.Digest);
        var failing = (await ResultsAsync(acme, "project-has-owner-team", CheckOutcome.Fail)).Single(result => result.Resource.Key == $"{project.Id}");
        Assert.Equal(changed.At, failing.From);
        Assert.True(LineOf(changed, "project-has-owner-team").Failed == LineOf(again, "project-has-owner-team").Failed + 1);
        var posture = await acme.Get<CheckQueries>().PostureAsync(acme.Connector.Id, 30, ConnectedOrganization.Somebody, default);
        Assert.False(posture.Value.HasYesterday);
        Assert.Empty(posture.Value.Began);
        Assert.Equal(8, posture.Value.Frameworks.Count);
        Assert.Single(posture.Value.Trend);
    }

    [Fact]
    public async Task What_cannot_be_evaluated_keeps_what_was_said_and_says_of_when()
    {
        await using var acme = await ReadAsync();
        var first = await RunAsync(acme);
        acme.Server.Faults.Set(new FaultRule(FaultAction.HtmlPage, "/api/0/organizations/acme/members/"));
        await acme.SyncAsync();
        var blind = await RunAsync(acme);
        var line = LineOf(blind, "member-strong-auth");
        Assert.Equal((CheckOutcome.NotEvaluated, first.Id), (line.Outcome, line.ResultsRun));
        var details = (await acme.Get<CheckQueries>().FindAsync(acme.Connector.Id, "member-strong-auth", ConnectedOrganization.Somebody, default)).Value;
        Assert.Equal(first.At, details.ResultsAt);
    }

    [Theory, EveryEngine]
    public async Task An_exception_needs_another_person_and_ends(TestEngine engine)
    {
        await using var acme = await ReadAsync(engine);
        await RunAsync(acme);
        var failing = (await ResultsAsync(acme, "member-strong-auth", CheckOutcome.Fail))[0];
        var (asker, decider) = (Person(11), Person(12));
        var exceptions = acme.Get<ManageExceptions>();
        var input = new ExceptionInput(acme.Connector.Id, "member-strong-auth", "New phone next week.", TimeProvider.System.GetUtcNow().AddDays(7)) { Resource = new ResourceName(failing.Resource.Kind, failing.Resource.Key) };
        Assert.Equal("exception-without-failure", (await exceptions.AskAsync(input with { Resource = new ResourceName(failing.Resource.Kind, "none") }, asker, default)).Refusal!.Code);
        Assert.Equal("exception-end-invalid", (await exceptions.AskAsync(input with { EndsAt = TimeProvider.System.GetUtcNow().AddYears(2) }, asker, default)).Refusal!.Code);
        var asked = (await exceptions.AskAsync(input, asker, default)).Value;
        Assert.Equal("exception-exists", (await exceptions.AskAsync(input, decider, default)).Refusal!.Code);
        Assert.Equal("exception-own", (await exceptions.DecideAsync(asked.Id, approve: true, "Fine.", asker, default)).Refusal!.Code);
        Assert.True((await exceptions.DecideAsync(asked.Id, approve: true, "Fine.", decider, default)).Succeeded);
        Assert.Equal("exception-not-open", (await exceptions.DecideAsync(asked.Id, approve: true, "Fine.", decider, default)).Refusal!.Code);

        await RunAsync(acme);
        var excepted = (await ResultsAsync(acme, "member-strong-auth", CheckOutcome.Excepted)).Single();
        Assert.Equal((failing.Resource.Key, failing.Reason, (CheckExceptionId?)asked.Id), (excepted.Resource.Key, excepted.Reason, excepted.Exception));
        Assert.True((await exceptions.WithdrawAsync(asked.Id, "It is done.", asker, default)).Succeeded);
        await RunAsync(acme);
        Assert.Empty(await ResultsAsync(acme, "member-strong-auth", CheckOutcome.Excepted));

        var again = (await exceptions.AskAsync(input, asker, default)).Value;
        Assert.True((await exceptions.DecideAsync(again.Id, approve: true, "Fine.", decider, default)).Succeeded);
        Assert.Equal(0, await exceptions.EndDueAsync(default));
        await acme.Get<Database>().InTransactionAsync(
            transaction => transaction.Connection.GetTable<CheckExceptionRow>().Where(row => row.Id == again.Id).Set(row => row.EndsAt, TimeProvider.System.GetUtcNow().AddMinutes(-1)).UpdateAsync(), default);
        Assert.Equal(1, await exceptions.EndDueAsync(default));
        await RunAsync(acme);
        Assert.Empty(await ResultsAsync(acme, "member-strong-auth", CheckOutcome.Excepted));
        Assert.Equal(ExceptionState.Ended, (await exceptions.ListAsync(acme.Connector.Id, all: true, decider, default)).Value.Single(one => one.Id == again.Id).State);
    }

    [Theory, EveryEngine]
    public async Task Parameters_hold_for_one_source_and_keep_their_history(TestEngine engine)
    {
        await using var acme = await ReadAsync(engine);
        var set = acme.Get<SetParameter>();
        var place = new ParameterPlace(acme.Connector.Id, "member-email-domain-allowed", "allowedDomains");
        Assert.Equal("check-parameter-invalid", (await set.RunAsync(place, "example.com", "Ours.", ConnectedOrganization.Somebody, default)).Refusal!.Code);
        Assert.Equal("check-parameter-not-found", (await set.RunAsync(place with { Name = "other" }, "1", "Ours.", ConnectedOrganization.Somebody, default)).Refusal!.Code);
        Assert.Equal(CheckOutcome.NotEvaluated, LineOf(await RunAsync(acme), place.CheckId).Outcome);
        Assert.True((await set.RunAsync(place, """["example.test"]""", "Ours.", ConnectedOrganization.Somebody, default)).Succeeded);
        var line = LineOf(await RunAsync(acme), place.CheckId);
        Assert.NotEqual(CheckOutcome.NotEvaluated, line.Outcome);
        Assert.Equal("""{"allowedDomains":"[\u0022example.test\u0022]"}""", line.Settings);
        Assert.True((await set.RunAsync(place, value: null, "Not any more.", ConnectedOrganization.Somebody, default)).Succeeded);
        var details = (await acme.Get<CheckQueries>().FindAsync(acme.Connector.Id, place.CheckId, ConnectedOrganization.Somebody, default)).Value;
        Assert.Equal(["Not any more.", "Ours."], details.Settings.Single().History.Select(static past => past.Reason));
    }

    [Fact]
    public async Task A_line_of_the_log_is_acknowledged_by_somebody_else_than_who_did_it()
    {
        await using var acme = await ReadAsync();
        await RunAsync(acme);
        var failing = (await ResultsAsync(acme, "auditlog-privilege-grants", CheckOutcome.Fail)).Concat(await ResultsAsync(acme, "auditlog-destructive-actions", CheckOutcome.Fail)).ToList();
        Assert.NotEmpty(failing);
        var acknowledge = acme.Get<AcknowledgeLog>();
        List<long> lines = [.. failing.Select(static result => long.Parse(result.Resource.Key, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal("log-line-not-found", (await acknowledge.RunAsync(acme.Connector.Id, [.. lines, 999_999_999], "Ticket OPS-1.", ConnectedOrganization.Somebody, default)).Refusal!.Code);
        Assert.Equal(lines.Distinct().Count(), (await acknowledge.RunAsync(acme.Connector.Id, lines, "Ticket OPS-1.", ConnectedOrganization.Somebody, default)).Value);
        Assert.Equal(0, (await acknowledge.RunAsync(acme.Connector.Id, lines, "Again.", ConnectedOrganization.Somebody, default)).Value);
        await RunAsync(acme);
        Assert.Empty(await ResultsAsync(acme, "auditlog-privilege-grants", CheckOutcome.Fail));
    }

    [Fact]
    public async Task Networks_are_compared_while_the_log_is_read_and_never_kept()
    {
        await using var acme = await ReadAsync();
        Assert.Equal("check-parameter-invalid", (await acme.Get<SetParameter>().RunAsync(Networks(acme), """["somewhere"]""", "Ours.", ConnectedOrganization.Somebody, default)).Refusal!.Code);
        Assert.True((await acme.Get<SetParameter>().RunAsync(Networks(acme), """["198.51.100.0/24"]""", "Ours.", ConnectedOrganization.Somebody, default)).Succeeded);
        Assert.Equal(CheckOutcome.NotEvaluated, LineOf(await RunAsync(acme), "auditlog-known-networks").Outcome);
        acme.Acme.ChangeSettings(static settings => settings with { IsEarlyAdopter = !settings.IsEarlyAdopter });
        await acme.SyncAsync();
        Assert.Equal(CheckOutcome.Fail, LineOf(await RunAsync(acme), "auditlog-known-networks").Outcome);
        await using var session = acme.Get<Database>().OpenRead();
        Assert.Contains(await session.Connection.GetTable<LoggedEvent>().ToListAsync(), static line => line.FromKnownNetwork is false);
    }

    [Fact]
    public async Task Only_who_manages_compliance_may_run_set_and_acknowledge()
    {
        await using var acme = await ReadAsync();
        var reader = new Caller(new Kernel.Actor(ActorKind.Account, "9"), [Right.ReadAccess], new AccountId(9));
        Assert.Equal("right-missing", (await acme.Get<RunChecks>().RunAsync(acme.Connector.Id, reader, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<SetParameter>().RunAsync(Networks(acme), null, "No.", reader, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<AcknowledgeLog>().RunAsync(acme.Connector.Id, [1], "No.", reader, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<ManageExceptions>().AskAsync(new ExceptionInput(acme.Connector.Id, "team-not-empty", "No.", TimeProvider.System.GetUtcNow().AddDays(2)), reader, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<ManageExceptions>().DecideAsync(new(1), approve: true, "No.", reader, default)).Refusal!.Code);
        Assert.True((await acme.Get<CheckQueries>().LatestAsync(acme.Connector.Id, reader, default)).Succeeded);
    }

    private static ParameterPlace Networks(ConnectedOrganization acme) => new(acme.Connector.Id, "auditlog-known-networks", "cidrs");

    private static Caller Person(long id) => new(new Kernel.Actor(ActorKind.Account, $"{id}"), [Right.ReadAccess, Right.ManageCompliance, Right.AskForExceptions], new AccountId(id));

    private static CheckLine LineOf(CheckRun run, string check) => run.Lines.Single(line => line.CheckId == check);

    private static async Task<ConnectedOrganization> ReadAsync(TestEngine engine = TestEngine.Sqlite, bool readsAuditLog = true)
    {
        var acme = await ConnectedOrganization.StartAsync(Size, engine: engine, readsAuditLog: readsAuditLog);
        await acme.SyncAsync();
        await acme.Get<CollectionQueue>().RunAsync(acme.Connector.Id, default);
        return acme;
    }

    private static async Task<CheckRun> RunAsync(ConnectedOrganization acme)
    {
        var run = await acme.Get<RunChecks>().RunAsync(acme.Connector.Id, ConnectedOrganization.Somebody, default);
        Assert.True(run.Succeeded, run.Refusal?.ToString());
        return run.Value;
    }

    private static async Task<IReadOnlyList<CheckResult>> ResultsAsync(ConnectedOrganization acme, string check, CheckOutcome outcome) =>
        (await acme.Get<CheckQueries>().ResultsAsync(new ResultSearch(acme.Connector.Id) { CheckId = check, Outcome = outcome, Take = 1000 }, ConnectedOrganization.Somebody, default)).Value.Rows;

    private static async Task<IEnumerable<string>> KeysAsync(ConnectedOrganization acme, string check, CheckOutcome outcome) =>
        (await ResultsAsync(acme, check, outcome)).Select(static result => result.Resource.Key);

    private static async Task<long> CountAsync(ConnectedOrganization acme)
    {
        await using var session = acme.Get<Database>().OpenRead();
        return await session.Connection.GetTable<CheckResultRow>().LongCountAsync();
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) => Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
}
