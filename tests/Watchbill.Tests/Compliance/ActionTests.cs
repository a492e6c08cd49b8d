using LinqToDB;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Integrity;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Compliance;

/// <summary>Actions that follow checks over a real sync of the simulated Sentry, and actions that people open.</summary>
public sealed class ActionTests
{
    private const string Sharing = "org-shared-issues-disabled";

    private static readonly OrganizationSize Size = new(Members: 12, Teams: 3, Projects: 4, AuditRows: 10, IssuesPerProject: 2, ReleasesPerProject: 1);
    private static readonly Caller Manager = Person(Accounts.Ada.Id, Right.ReadAccess, Right.ManageCompliance, Right.AskForExceptions, Right.ReadAudit);
    private static readonly Caller Engineer = Person(Accounts.Ben.Id, Right.ReadAccess, Right.AskForExceptions);
    private static readonly Caller Auditor = Person(Accounts.Cyd.Id, Right.ReadAccess, Right.ReadAudit);

    [Theory, EveryEngine]
    public async Task A_check_opens_its_action_and_closes_it_and_reopens_the_same_one(TestEngine engine)
    {
        var people = new Accounts();
        await using var acme = await StartAsync(engine, people);
        Share(acme, isShared: true);
        await RunAsync(acme);
        var all = await ListAsync(acme, new ActionSearch());
        Assert.Equal(await FailingAsync(acme), all.Select(static action => action.CheckId!).Order(StringComparer.Ordinal));
        var opened = all.Single(static action => action.CheckId == Sharing);
        Assert.Equal((ActionState.Open, 1, 0, null), (opened.State, opened.Failing, opened.Reopened, opened.Owner));
        Assert.Equal(ActionDeadline.DaysOf(opened.Severity), Math.Round((opened.DueAt - opened.OpenedAt).TotalDays));
        var told = Assert.Single(people.Mail);
        Assert.Equal(("actions-opened", Accounts.Ada.Id), (told.Kind, told.To));
        Assert.Equal("actions-opened", Assert.Single(people.Announced).Kind);

        await RunAsync(acme);
        Assert.Equal(all.Count, (await ListAsync(acme, new ActionSearch { All = true })).Count);
        Assert.Single(people.Mail);

        Assert.True((await acme.Get<ManageActions>().AssignAsync(opened.Id, Accounts.Ben.Id, Manager, default)).Succeeded);
        Share(acme, isShared: false);
        await SyncAndRunAsync(acme);
        var closed = await FindAsync(acme, opened.Id);
        Assert.Equal((ActionState.Closed, "Its check passes.", 0), (closed.State, closed.Closing, closed.Failing));

        Share(acme, isShared: true);
        await SyncAndRunAsync(acme);
        var again = await FindAsync(acme, opened.Id);
        Assert.Equal((ActionState.Open, 1, null, Accounts.Ben.Id), (again.State, again.Reopened, again.Closing, again.Owner));
        Assert.Contains(people.Mail, static mail => mail.Kind == "action-reopened" && mail.To == Accounts.Ben.Id);
        Assert.Equal(
            [ActionNoteKind.Opened, ActionNoteKind.Assigned, ActionNoteKind.Closed, ActionNoteKind.Reopened],
            (await acme.Get<ManageActions>().FindAsync(opened.Id, Auditor, default)).Value.Notes.Select(static note => note.Kind));
    }

    [Theory, EveryEngine]
    public async Task What_could_not_be_evaluated_leaves_its_action_and_an_exception_closes_it(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        Share(acme, isShared: true);
        await RunAsync(acme);
        Share(acme, isShared: false);
        acme.Server.Faults.Set(new FaultRule(FaultAction.HtmlPage, "/api/0/organizations/acme/"));
        await acme.TrySyncAsync();
        Assert.Equal(CheckOutcome.NotEvaluated, (await RunAsync(acme)).Lines.Single(static line => line.CheckId == Sharing).Outcome);
        Assert.Equal(ActionState.Open, (await ActionOfAsync(acme, Sharing)).State);

        acme.Server.Faults.Clear();
        Share(acme, isShared: true);
        await SyncAndRunAsync(acme);
        var exceptions = acme.Get<ManageExceptions>();
        var asked = (await exceptions.AskAsync(new ExceptionInput(acme.Connector.Id, Sharing, "Until the portal is there.", TimeProvider.System.GetUtcNow().AddDays(5)), Engineer, default)).Value;
        Assert.True((await exceptions.DecideAsync(asked.Id, approve: true, "Fine.", Manager, default)).Succeeded);
        await RunAsync(acme);
        Assert.StartsWith("Exceptions cover", (await ActionOfAsync(acme, Sharing)).Closing, StringComparison.Ordinal);
        Assert.True((await exceptions.WithdrawAsync(asked.Id, "It is there.", Engineer, default)).Succeeded);
        await RunAsync(acme);
        Assert.Equal((ActionState.Open, 1), ((await ActionOfAsync(acme, Sharing)).State, (await ActionOfAsync(acme, Sharing)).Reopened));
    }

    [Fact]
    public async Task Who_owns_one_works_on_it_and_who_manages_does_the_rest()
    {
        var people = new Accounts();
        await using var acme = await StartAsync(accounts: people);
        var actions = acme.Get<ManageActions>();
        var draft = new ActionDraft(acme.Connector.Id, "Write down who may merge members", Severity.Medium);
        AssertRefused("right-missing", await actions.OpenAsync(draft, Engineer, default));
        AssertRefused("action-title-invalid", await actions.OpenAsync(draft with { Title = " " }, Manager, default));
        AssertRefused("action-owner-invalid", await actions.OpenAsync(draft with { Owner = Accounts.Cyd.Id }, Manager, default));
        AssertRefused("action-due-invalid", await actions.OpenAsync(draft with { DueAt = TimeProvider.System.GetUtcNow().AddDays(-1) }, Manager, default));
        var id = (await actions.OpenAsync(draft with { Owner = Accounts.Ben.Id }, Manager, default)).Value.Id;
        Assert.Equal(("action-assigned", Accounts.Ben.Id), (people.Mail[^1].Kind, people.Mail[^1].To));

        AssertRefused("right-missing", await actions.AssignAsync(id, null, Engineer, default));
        AssertRefused("right-missing", await actions.CommentAsync(id, "Seen.", null, Auditor, default));
        AssertRefused("action-link-invalid", await actions.CommentAsync(id, "Seen.", "javascript:alert(1)", Engineer, default));
        AssertRefused("action-link-invalid", await actions.CommentAsync(id, "Seen.", "https://ada:secret@example.com/", Engineer, default));
        Assert.True((await actions.CommentAsync(id, "Seen.", "https://tickets.example.com/OPS-7", Engineer, default)).Succeeded);
        Assert.Equal(ActionState.InProgress, (await actions.StartAsync(id, Engineer, default)).Value.State);
        AssertRefused("action-not-so", await actions.StartAsync(id, Engineer, default));
        AssertRefused("reason-needed", await actions.CloseAsync(id, " ", Engineer, default));
        Assert.Equal(ActionState.Closed, (await actions.CloseAsync(id, "It is in the handbook.", Engineer, default)).Value.State);
        AssertRefused("action-closed", await actions.AssignAsync(id, null, Manager, default));
        Assert.Equal(1, (await actions.ReopenAsync(id, "The page is gone.", Manager, default)).Value.Reopened);
        Assert.True((await actions.AssignAsync(id, null, Manager, default)).Succeeded);
        AssertRefused("right-missing", await actions.CloseAsync(id, "Not mine any more.", Engineer, default));

        await RunAsync(acme);
        AssertRefused("action-of-check", await actions.CloseAsync((await ListAsync(acme, new ActionSearch())).First(static action => action.CheckId is not null).Id, "Done.", Manager, default));
        await acme.Get<SealLog>().RunAsync(default);
        Assert.True((await acme.Get<VerifyLog>().RunAsync(null, Manager, default)).Value.IsIntact);
        await using var connection = acme.Get<Database>().Open();
        await Assert.ThrowsAnyAsync<Exception>(() => connection.GetTable<ActionNoteRow>().Set(row => row.Text, "Something else.").UpdateAsync());
    }

    [Theory, EveryEngine]
    public async Task People_are_reminded_once_for_each_moment(TestEngine engine)
    {
        var people = new Accounts();
        await using var acme = await StartAsync(engine, people);
        var actions = acme.Get<ManageActions>();
        var owned = (await actions.OpenAsync(new ActionDraft(acme.Connector.Id, "One", Severity.Low) { Owner = Accounts.Ben.Id }, Manager, default)).Value.Id;
        var unowned = (await actions.OpenAsync(new ActionDraft(acme.Connector.Id, "Two", Severity.Low), Manager, default)).Value.Id;
        people.Mail.Clear();
        Assert.Equal(0, await acme.Get<RemindActions>().RunDueAsync(default));

        await MoveAsync(acme, owned, TimeSpan.FromDays(2));
        Assert.Equal(1, await acme.Get<RemindActions>().RunDueAsync(default));
        Assert.Equal(0, await acme.Get<RemindActions>().RunDueAsync(default));
        Assert.Equal(("action-due", Accounts.Ben.Id, "Due soon: One"), (people.Mail[0].Kind, people.Mail[0].To, people.Mail[0].Subject));

        await MoveAsync(acme, owned, TimeSpan.FromHours(-1));
        await MoveAsync(acme, unowned, TimeSpan.FromHours(-1));
        await RemindedAsync(acme, owned, TimeSpan.FromHours(-2));
        Assert.Equal(2, await acme.Get<RemindActions>().RunDueAsync(default));
        Assert.Equal([Accounts.Ada.Id, Accounts.Ben.Id], people.Mail.Skip(1).Select(static mail => mail.To).Order(Comparer<AccountId>.Create(static (one, other) => one.Value.CompareTo(other.Value))));
        Assert.Equal(0, await acme.Get<RemindActions>().RunDueAsync(default));

        await MoveAsync(acme, owned, TimeSpan.FromDays(-7.1));
        await RemindedAsync(acme, owned, TimeSpan.FromDays(-1));
        Assert.Equal(1, await acme.Get<RemindActions>().RunDueAsync(default));
        Assert.Equal(2, (await ListAsync(acme, new ActionSearch { IsOverdue = true })).Count);
    }

    [Theory, EveryEngine]
    public async Task A_control_shows_its_checks_how_it_stood_and_what_people_did(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var (queries, id) = (acme.Get<CheckQueries>(), acme.Connector.Id);
        var framework = FrameworkCatalogue.Find("soc2-tsc-2017-rev2022")!;
        var control = framework.Controls.First(static one => one.Checks.Contains(Sharing));
        Share(acme, isShared: true);
        var first = await SyncAndRunAsync(acme);
        await acme.Get<Database>().InTransactionAsync(transaction => transaction.Connection.GetTable<CheckRunRow>().Where(row => row.Id == first.Id).Set(row => row.At, first.At.AddDays(-2)).UpdateAsync(), default);
        await acme.Get<Database>().InTransactionAsync(transaction => transaction.Connection.GetTable<CheckLineRow>().Where(row => row.RunId == first.Id).Set(row => row.Outcome, CheckOutcome.Pass).UpdateAsync(), default);
        await RunAsync(acme);
        await acme.Get<ManageArtifacts>().RecordAsync(new ArtifactDraft(id, "policy.txt", "Once."u8.ToArray(), "What is shared.") { Controls = [$"{framework.Id}:{control.Id}"] }, Engineer, default);

        var report = (await queries.ControlAsync(id, framework.Id, control.Id, Auditor, default)).Value;
        Assert.Equal(CheckOutcome.Fail, report.Outcome);
        Assert.Equal(control.Checks.Order(StringComparer.Ordinal), report.Lines.Select(static line => line.CheckId).Order(StringComparer.Ordinal));
        Assert.Equal([CheckOutcome.Fail, CheckOutcome.Pass], report.History.Select(static change => change.Outcome));
        Assert.Contains(report.Actions, static action => action.CheckId == Sharing);
        Assert.Equal("policy.txt", Assert.Single(report.Artifacts).Name);
        Assert.Equal(2, (await queries.FrameworkAsync(id, framework.Id, Auditor, default)).Value.Trend.Count);
        AssertRefused("control-not-found", await queries.ControlAsync(id, framework.Id, "CC99", Auditor, default));
        AssertRefused("framework-not-found", await queries.ControlAsync(id, "none", control.Id, Auditor, default));
    }

    [Theory, EveryEngine]
    public async Task Actions_of_a_source_that_was_removed_are_closed_and_nobody_is_reminded(TestEngine engine)
    {
        var people = new Accounts();
        await using var acme = await StartAsync(engine, people);
        var actions = acme.Get<ManageActions>();
        var id = (await actions.OpenAsync(new ActionDraft(acme.Connector.Id, "One", Severity.Low) { Owner = Accounts.Ben.Id }, Manager, default)).Value.Id;
        Assert.Equal(0, await actions.CloseGoneAsync(default));
        await MoveAsync(acme, id, TimeSpan.FromHours(-1));
        Assert.True((await acme.Get<ManageConnector>().RemoveAsync(await acme.ReadConnectorAsync(), ConnectedOrganization.Somebody, default)).Succeeded);
        people.Mail.Clear();
        Assert.Equal(1, await actions.CloseGoneAsync(default));
        Assert.Equal(0, await actions.CloseGoneAsync(default));
        Assert.Equal(0, await acme.Get<RemindActions>().RunDueAsync(default));
        Assert.Equal((ActionState.Closed, "Its source was removed."), ((await FindAsync(acme, id)).State, (await FindAsync(acme, id)).Closing));
    }

    [Fact]
    public async Task Whoever_asked_for_an_exception_is_told_once_that_it_ends()
    {
        var people = new Accounts();
        await using var acme = await StartAsync(accounts: people);
        Share(acme, isShared: true);
        await SyncAndRunAsync(acme);
        var exceptions = acme.Get<ManageExceptions>();
        var asked = (await exceptions.AskAsync(new ExceptionInput(acme.Connector.Id, Sharing, "For now.", TimeProvider.System.GetUtcNow().AddDays(13)), Engineer, default)).Value;
        Assert.Equal(0, await acme.Get<RemindExceptions>().RunDueAsync(default));
        Assert.True((await exceptions.DecideAsync(asked.Id, approve: true, "Fine.", Manager, default)).Succeeded);
        people.Mail.Clear();
        Assert.Equal(1, await acme.Get<RemindExceptions>().RunDueAsync(default));
        Assert.Equal(0, await acme.Get<RemindExceptions>().RunDueAsync(default));
        Assert.Equal(("exception-ends-soon", Accounts.Ben.Id), (Assert.Single(people.Mail).Kind, people.Mail[0].To));
    }

    [Theory]
    [InlineData("titel\nA", "Line 1")]
    [InlineData("title,severity\nA,grave", "Line 2: A severity is")]
    [InlineData("title,due\nA,tomorrow", "Line 2: A date is")]
    [InlineData("title,owner\nA,cyd@example.com", "Line 2: Nobody")]
    [InlineData("title,owner\nA", "Line 2: The line has 1")]
    [InlineData("title\n\"A", "cannot be read")]
    [InlineData("title\n", "1 to 1,000")]
    [InlineData("title,severity\nA,low\n,low", "Line 3: Say in one line")]
    public async Task A_file_with_a_wrong_line_opens_nothing(string text, string problem)
    {
        await using var acme = await StartAsync();
        var imported = await acme.Get<ImportActions>().RunAsync(acme.Connector.Id, text, Manager, default);
        Assert.Contains(problem, imported.Refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(acme, new ActionSearch()));
    }

    [Fact]
    public async Task A_file_opens_all_its_lines()
    {
        await using var acme = await StartAsync();
        const string text = "\uFEFFTitle;Severity;Due;Owner;Description\r\nFirst;high;2027-03-31;BEN@example.com;\"Two\r\nlines\"\r\nSecond;;;;\r\n";
        var opened = (await acme.Get<ImportActions>().RunAsync(acme.Connector.Id, text, Manager, default)).Value;
        Assert.Equal([("First", Severity.High, Accounts.Ben.Id), ("Second", Severity.Medium, null)], opened.Select(static action => (action.Title, action.Severity, action.Owner)));
        Assert.Equal(new DateTimeOffset(2027, 3, 31, 0, 0, 0, TimeSpan.Zero), opened[0].DueAt);
        Assert.Equal("right-missing", (await acme.Get<ImportActions>().RunAsync(acme.Connector.Id, text, Engineer, default)).Refusal!.Code);
    }

    private static Caller Person(AccountId account, params Right[] rights) => new(new Kernel.Actor(ActorKind.Account, $"{account}"), rights, account);

    private static async Task<ConnectedOrganization> StartAsync(TestEngine engine = TestEngine.Sqlite, Accounts? accounts = null)
    {
        var acme = await ConnectedOrganization.StartAsync(Size, engine: engine, accounts: accounts);
        await acme.SyncAsync();
        await acme.Get<Database>().InTransactionAsync(transaction => acme.Get<ConnectorOwnerStore>().ReplaceAsync(transaction, acme.Connector.Id, [Accounts.Ada.Id], default), default);
        return acme;
    }

    private static void Share(ConnectedOrganization acme, bool isShared) => acme.Acme.ChangeSettings(settings => settings with { AllowSharedIssues = isShared });

    private static async Task<CheckRun> SyncAndRunAsync(ConnectedOrganization acme)
    {
        await acme.SyncAsync();
        return await RunAsync(acme);
    }

    private static async Task<CheckRun> RunAsync(ConnectedOrganization acme)
    {
        var run = await acme.Get<RunChecks>().RunAsync(acme.Connector.Id, ConnectedOrganization.Somebody, default);
        Assert.True(run.Succeeded, run.Refusal?.ToString());
        return run.Value;
    }

    private static async Task<IReadOnlyList<ComplianceAction>> ListAsync(ConnectedOrganization acme, ActionSearch search)
    {
        var list = (await acme.Get<ManageActions>().ListAsync(search, Auditor, default)).Value;
        Assert.Equal(list.Count, list.Rows.Count);
        return list.Rows;
    }

    private static async Task<IEnumerable<string>> FailingAsync(ConnectedOrganization acme) =>
        (await acme.Get<CheckQueries>().LatestAsync(acme.Connector.Id, Auditor, default)).Value!.Lines.Where(static line => line.Outcome is CheckOutcome.Fail).Select(static line => line.CheckId).Order(StringComparer.Ordinal);

    private static async Task<ComplianceAction> FindAsync(ConnectedOrganization acme, ComplianceActionId id) => (await acme.Get<ManageActions>().FindAsync(id, Auditor, default)).Value.Action;

    private static async Task<ComplianceAction> ActionOfAsync(ConnectedOrganization acme, string check) => Assert.Single(await ListAsync(acme, new ActionSearch { CheckId = check, All = true }));

    private static Task MoveAsync(ConnectedOrganization acme, ComplianceActionId id, TimeSpan due) => acme.Get<Database>().InTransactionAsync(
        transaction => transaction.Connection.GetTable<ActionRow>().Where(row => row.Id == id).Set(row => row.DueAt, TimeProvider.System.GetUtcNow() + due).UpdateAsync(), default);

    private static Task RemindedAsync(ConnectedOrganization acme, ComplianceActionId id, TimeSpan ago) => acme.Get<Database>().InTransactionAsync(
        transaction => transaction.Connection.GetTable<ActionRow>().Where(row => row.Id == id).Set(row => row.RemindedAt, TimeProvider.System.GetUtcNow() + ago).UpdateAsync(), default);

    private static void AssertRefused<T>(string code, Result<T> result) => Assert.Equal(code, result.Refusal?.Code);
}
