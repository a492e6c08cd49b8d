using System.Text;
using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;
using Watchbill.Storage;
using Watchbill.Testing;
using Actor = Watchbill.Kernel.Actor;

namespace Watchbill.Tests.Connectors.Collecting;

/// <summary>Evidence is complete or not there: what was collected is what the simulated Sentry holds, and what could not be read leaves what was kept.</summary>
public sealed class CollectEvidenceTests
{
    private static readonly OrganizationSize Size = new(Members: 30, Teams: 6, Projects: 14, AuditRows: 100, IssuesPerProject: 60, ReleasesPerProject: 12);

    [Theory, EveryEngine]
    public async Task Everything_is_what_the_simulator_holds(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var ended = await CollectAllAsync(acme);

        Assert.Equal(EvidenceKinds.All.Where(static info => !info.IsOnDemand).Select(static info => info.Kind), ended.Select(static one => one.Kind));
        Assert.All(ended, static one => Assert.True(one.State is CollectionState.Complete, $"{one.Kind}: {one.State} {one.Note}"));
        var evidence = acme.Acme.Evidence;
        var since = ended.Single(static one => one.Kind is EvidenceKind.Issues).StartedAt.AddDays(-90);
        AssertSame(evidence.Issues.Where(issue => issue.LastSeen >= since).Select(static issue => $"{issue.Id} {issue.Status}"), await OpenAsync(acme, EvidenceKind.Issues, static row => $"{row.Key} {row.State}"));
        var releases = evidence.Releases.Where(static release => release.Status == Release.Open).ToList();
        AssertSame(releases.Select(static release => $"{release.Id} {release.Version}"), await OpenAsync(acme, EvidenceKind.Releases, static row => $"{row.Key} {row.Name}"));
        var recent = releases.Where(release => (release.DateReleased ?? release.DateCreated) >= since).ToList();
        Assert.NotEmpty(recent);
        AssertSame(recent.SelectMany(static release => release.Deploys).Select(static deploy => $"{deploy.Id}"), await OpenAsync(acme, EvidenceKind.Deploys));
        AssertSame(recent.SelectMany(static release => release.Commits.Select(commit => $"{release.Id}/{commit.Id}")).Distinct(), await OpenAsync(acme, EvidenceKind.Commits));
        AssertSame(evidence.Repositories.Where(static repository => repository.Status == Repository.Active).Select(static repository => $"{repository.Id}"), await OpenAsync(acme, EvidenceKind.Repositories));
        AssertSame(acme.Acme.Projects.Select(static project => $"{project.Id} {project.Slug}"), await OpenAsync(acme, EvidenceKind.ProjectSettings, static row => $"{row.Key} {row.Name}"));
        AssertSame(acme.Acme.Projects.Select(static project => $"{project.Id}"), await OpenAsync(acme, EvidenceKind.Usage));
        foreach (var kind in (EvidenceKind[])[EvidenceKind.Environments, EvidenceKind.Detectors, EvidenceKind.Workflows, EvidenceKind.Monitors, EvidenceKind.Forwarding, EvidenceKind.Relays])
        {
            Assert.NotEmpty(await OpenAsync(acme, kind));
        }
    }

    /// <summary>What checks ask of, in the words that are kept: tickets, authors, health, incidents, whom alerts tell.</summary>
    [Fact]
    public async Task What_checks_need_is_kept_without_anybodys_name()
    {
        await using var acme = await StartAsync();
        var ended = await CollectAllAsync(acme);
        var evidence = acme.Acme.Evidence;
        var since = ended.Single(static one => one.Kind is EvidenceKind.Issues).StartedAt.AddDays(-90);
        var releases = evidence.Releases.Where(static release => release.Status == Release.Open).ToList();

        AssertSame(
            evidence.Issues.Where(issue => issue.LastSeen >= since).Select(static issue => $"{issue.Id} {issue.Ticket is not null}"),
            await OpenAsync(acme, EvidenceKind.Issues, static row => $"{row.Key} {Field(row.Document, "hasTicket").GetBoolean()}"));
        AssertSame(
            releases.Select(static release => (release.Id, Authors: release.Commits.Select(static commit => commit.Author).DistinctBy(static author => author.Email).ToList()))
                .Select(static one => $"{one.Id} {one.Authors.Count} {one.Authors.Count(static author => author.User is null)}"),
            await OpenAsync(acme, EvidenceKind.Releases, static row => $"{row.Key} {Field(row.Document, "authorCount")} {Field(row.Document, "unknownAuthorCount")}"));
        Assert.Contains(releases, static release => release.Commits.Any(static commit => commit.Author.User is null));
        AssertSame(
            releases.SelectMany(static release => release.CrashFreeSessions is { } free ? release.Projects.Select(project => $"{release.Id} {project.Id} {free:0.0}") : []),
            [
                .. (await RowsAsync(acme, EvidenceKind.Releases)).SelectMany(static row => Field(row.Counters!, "health").EnumerateArray()
                    .Select(health => $"{row.Key} {health.GetProperty("projectId").GetString()} {health.GetProperty("crashFreeSessions").GetDouble():0.0}")),
            ]);
        var monitors = await RowsAsync(acme, EvidenceKind.Monitors);
        Assert.All(monitors, static row => Assert.All(Field(row.Document, "environments").EnumerateArray(), static place =>
            Assert.Equal(place.GetProperty("status").GetString() != "ok", place.TryGetProperty("incidentSince", out _))));
        Assert.All(await RowsAsync(acme, EvidenceKind.Workflows), row => Assert.All(Field(row.Document, "actions").EnumerateArray(), action =>
        {
            Assert.Equal("team", action.GetProperty("targetType").GetString());
            Assert.Contains(acme.Acme.Teams, team => $"{team.Id}" == action.GetProperty("targetId").GetString());
        }));
    }

    /// <summary>What people are told that is stored, and what is: the same fields.</summary>
    [Fact]
    public async Task Nothing_is_stored_but_what_is_listed()
    {
        await using var acme = await StartAsync();
        await CollectAllAsync(acme);
        foreach (var definition in EvidenceKinds.All.Where(static one => !one.IsOnDemand))
        {
            var rows = await acme.Get<ReadEvidence>().OpenAsync(acme.Connector.Id, definition.Kind, Stop);
            Assert.Empty(rows.SelectMany(static row => FieldsOf(row.Document)).Except(definition.Keeps.Select(static field => field.Split(' ')[0])));
            Assert.Empty(rows.SelectMany(static row => FieldsOf(row.Counters ?? "{}")).Except(definition.Counts.Select(static field => field.Split(' ')[0])));
        }
    }

    [Theory, EveryEngine]
    public async Task What_reads_the_same_writes_nothing_and_what_changed_begins_a_new_period(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        await CollectAllAsync(acme);
        var issue = acme.Acme.Evidence.Issues.First(static one => one.Status == Issue.Unresolved);

        var same = await CollectAsync(acme, EvidenceKind.Issues);
        Assert.Equal((0, 0, 0), (same.Opened, same.Changed, same.Closed));

        acme.Acme.SetStatus(issue, Issue.Resolved);
        var deleted = acme.Acme.Evidence.Issues.First(one => one.Id != issue.Id);
        acme.Acme.DeleteIssue(deleted);
        var changed = await CollectAsync(acme, EvidenceKind.Issues);

        Assert.Equal((0, 1, 1), (changed.Opened, changed.Changed, changed.Closed));
        var history = await acme.Get<ReadEvidence>().HistoryAsync(acme.Connector.Id, EvidenceKind.Issues, $"{issue.Id}", Stop);
        Assert.Equal(["resolved", "unresolved"], history.Value.Select(static period => period.State));
        Assert.Equal((changed.StartedAt, (DateTimeOffset?)changed.StartedAt), (history.Value[0].From, history.Value[1].To));
        var before = await ListAsync(acme, new EvidenceQuestion(acme.Connector.Id, EvidenceKind.Issues) { At = same.StartedAt, Search = issue.ShortId });
        Assert.Equal("unresolved", Assert.Single(before.Rows, row => row.Key == $"{issue.Id}").State);
    }

    [Fact]
    public async Task Issues_that_only_left_the_window_are_kept_as_they_were()
    {
        await using var acme = await StartAsync();
        var all = await CollectAsync(acme, EvidenceKind.Issues);
        var options = new CollectOptions { IssueWindow = TimeSpan.FromDays(5) };
        await using var later = acme.Again(options);

        var fewer = await CollectAsync(later, EvidenceKind.Issues, new EvidenceRequest(EvidenceKind.Issues, Part: null, AcceptsLoss: false, Actor.System));

        Assert.True(fewer.Rows < all.Rows, "The window must leave some out.");
        Assert.Equal((CollectionState.Complete, 0, all.Kept), (fewer.State, fewer.Closed, fewer.Kept));
    }

    [Theory]
    [InlineData("*/releases/", EvidenceKind.Releases, FaultAction.TruncateBody)]
    [InlineData("*/organizations/acme/issues/", EvidenceKind.Issues, FaultAction.RepeatCursor)]
    [InlineData("*/organizations/acme/issues/", EvidenceKind.Issues, FaultAction.HtmlPage)]
    [InlineData("*/filters/", EvidenceKind.ProjectSettings, FaultAction.ResetConnection)]
    [InlineData("*/stats-summary/", EvidenceKind.Usage, FaultAction.GatewayUnavailable)]
    public async Task A_read_that_fails_keeps_what_was_there(string path, EvidenceKind kind, FaultAction fault)
    {
        await using var acme = await StartAsync();
        await CollectAllAsync(acme);
        var before = await OpenAsync(acme, kind);
        acme.Acme.RenameProject(acme.Acme.Projects[0], "renamed-meanwhile");
        acme.Server.Faults.Add(new FaultRule(fault, path));
        await using var later = acme.Again(new CollectOptions { Every = TimeSpan.Zero, SettingsEvery = TimeSpan.Zero });

        var failed = await CollectAsync(later, kind);

        Assert.Equal(CollectionState.Failed, failed.State);
        Assert.False(string.IsNullOrEmpty(failed.Note));
        Assert.Equal(before, await OpenAsync(acme, kind));
        Assert.Equal(0, await StagedAsync(acme));
        var standing = (await acme.Get<ReadEvidence>().StandingsAsync(acme.Connector.Id, Stop)).Single(one => one.Definition.Kind == kind);
        Assert.Equal((failed.Note, before.Count), (standing.Problem, (int)standing.Complete!.Kept));
    }

    [Fact]
    public async Task What_the_token_may_not_read_is_unavailable_and_says_so()
    {
        await using var acme = await StartAsync();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/workflows/") { Status = 403, Body = """{"detail":"You do not have permission to perform this action."}""" });

        var refused = await CollectAsync(acme, EvidenceKind.Workflows);

        Assert.Equal(CollectionState.Unavailable, refused.State);
        Assert.Empty(await OpenAsync(acme, EvidenceKind.Workflows));
        Assert.Null((await ListAsync(acme, new EvidenceQuestion(acme.Connector.Id, EvidenceKind.Workflows))).Source);
    }

    [Fact]
    public async Task A_list_that_is_suddenly_empty_takes_nothing_away_until_somebody_accepts_it()
    {
        await using var acme = await StartAsync();
        var releases = await CollectAsync(acme, EvidenceKind.Releases);
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "/api/0/organizations/acme/releases/") { Status = 200, Body = "[]" });

        var held = await CollectAsync(acme, EvidenceKind.Releases);
        Assert.Equal((CollectionState.Failed, "mass-loss"), (held.State, held.FailureCode));
        Assert.Equal(releases.Kept, (await OpenAsync(acme, EvidenceKind.Releases)).Count);

        var accepted = await CollectAsync(acme, EvidenceKind.Releases, new EvidenceRequest(EvidenceKind.Releases, Part: null, AcceptsLoss: true, Actor.System));
        Assert.Equal((CollectionState.Complete, releases.Kept, 0), (accepted.State, accepted.Closed, accepted.Kept));
    }

    [Fact]
    public async Task Settings_are_read_again_only_where_the_log_names_a_change()
    {
        await using var acme = await StartAsync(readsAuditLog: true);
        await CollectAllAsync(acme);
        acme.Server.RequestLog.Clear();
        await CollectAsync(acme, EvidenceKind.ProjectSettings);
        Assert.Equal(1, acme.Server.RequestLog.Total);

        var project = acme.Acme.Projects[2];
        acme.Acme.RenameProject(project, "harbour");
        await acme.CatchUpAsync();
        acme.Server.RequestLog.Clear();
        var changed = await CollectAsync(acme, EvidenceKind.ProjectSettings);

        Assert.Equal((1, 1), ((int)changed.Rows, (int)changed.Changed));
        Assert.Equal(5, acme.Server.RequestLog.Total);
        Assert.Contains("harbour", await OpenAsync(acme, EvidenceKind.ProjectSettings, static row => row.Name));
    }

    [Fact]
    public async Task Projects_that_are_gone_take_their_settings_with_them()
    {
        await using var acme = await StartAsync();
        await CollectAllAsync(acme);
        var project = acme.Acme.Projects[1];
        acme.Acme.DeleteProject(project);
        await acme.SyncAsync();

        var collected = await CollectAsync(acme, EvidenceKind.ProjectSettings);

        Assert.Equal(1, collected.Closed);
        Assert.DoesNotContain($"{project.Id}", await OpenAsync(acme, EvidenceKind.ProjectSettings));
    }

    [Fact]
    public async Task Many_projects_are_read_by_several_collections_and_each_says_what_is_left()
    {
        await using var first = await StartAsync();
        await using var acme = first.Again(new CollectOptions { PartsAtOnce = 5 });

        var ended = (await CollectAllAsync(acme)).Where(static one => one.Kind is EvidenceKind.ProjectSettings).ToList();

        Assert.True(ended.Count > 2);
        Assert.Equal(0, ended[^1].Remaining);
        Assert.All(ended.SkipLast(1), static one => Assert.True(one.Remaining > 0));
        Assert.Equal(acme.Acme.Projects.Count, (await OpenAsync(acme, EvidenceKind.ProjectSettings)).Count);
    }

    [Fact]
    public async Task Nothing_is_collected_by_itself_before_the_first_run_or_while_paused()
    {
        await using var acme = await ConnectedOrganization.StartAsync(Size);
        Assert.Empty(await CollectAllAsync(acme));

        await acme.SyncAsync();
        await acme.Get<Watchbill.Connectors.ManageConnector>().PauseAsync(await acme.ReadConnectorAsync(), ConnectedOrganization.Somebody, Stop);
        Assert.Empty(await CollectAllAsync(acme));
    }

    [Fact]
    public async Task Releases_give_their_commits_once()
    {
        await using var acme = await StartAsync();
        await CollectAllAsync(acme);
        acme.Server.RequestLog.Clear();

        var again = await CollectAsync(acme, EvidenceKind.Commits);
        Assert.Equal((0, 1, "No release changed."), ((int)again.Rows, acme.Server.RequestLog.Total, again.Note));
    }

    [Fact]
    public async Task One_issue_is_read_when_somebody_names_it()
    {
        await using var acme = await StartAsync();
        var issue = acme.Acme.Evidence.Issues.First(static one => one.Status == Issue.Resolved);

        foreach (var kind in (EvidenceKind[])[EvidenceKind.IssueActivity, EvidenceKind.IssueEvents])
        {
            var collected = await CollectAsync(acme, kind, new EvidenceRequest(kind, issue.ShortId, AcceptsLoss: false, Actor.System));
            Assert.Equal(CollectionState.Complete, collected.State);
            Assert.All((await ListAsync(acme, new EvidenceQuestion(acme.Connector.Id, kind))).Rows, row => Assert.Equal($"{issue.Id}", row.Parent));
            Assert.NotEmpty(await OpenAsync(acme, kind));
        }

        var unnamed = await acme.Get<CollectEvidence>().RunAsync(
            acme.Connector.Id, new EvidenceRequest(EvidenceKind.IssueEvents, Part: null, AcceptsLoss: false, Actor.System), ConnectedOrganization.Somebody, Stop);
        Assert.Equal("issue-needed", unnamed.Refusal?.Code);
    }

    [Fact]
    public async Task Usage_that_does_not_add_up_is_no_evidence()
    {
        await using var acme = await StartAsync();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/stats-summary/") { Status = 200, Body = """{"start":"2026-01-01T00:00:00Z","end":"2026-01-02T00:00:00Z","projects":[]}""" });

        var failed = await CollectAsync(acme, EvidenceKind.Usage);
        Assert.Equal((CollectionState.Failed, "unbelievable-answer"), (failed.State, failed.FailureCode));

        acme.Server.Faults.Clear();
        acme.Server.Faults.Add(new FaultRule(FaultAction.Respond, "*/stats-summary/") { Status = 200, Body = """{"start":"2026-01-01T00:00:00Z","end":"2026-01-02T00:00:00Z","projects":[]}""", Nth = 1 });
        Assert.Equal(CollectionState.Complete, (await CollectAsync(acme, EvidenceKind.Usage)).State);
    }

    [Theory, EveryEngine]
    public async Task What_a_dead_process_left_behind_is_read_again(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var book = acme.Get<EvidenceBook>();
        var start = new CollectionStart { Connector = acme.Connector.Id, Kind = EvidenceKind.Issues, Actor = Actor.System, Lease = TimeSpan.FromMinutes(1) };
        var dead = (await book.StartAsync(start, Stop)).Value;
        await book.StageAsync(dead, [new EvidenceItem { Key = "1", Name = "LEFT-1", Document = "{}" }], Stop);
        Assert.Equal("already-collecting", (await TryCollectAsync(acme, EvidenceKind.Issues)).Refusal?.Code);

        await using (var session = acme.Get<Database>().Open())
        {
            await session.GetTable<CollectionRow>().Where(row => row.Id == dead.Id).Set(row => row.Owner, "elsewhere/1/1").Set(row => row.LeaseUntil, DateTimeOffset.UnixEpoch).UpdateAsync(Stop);
        }

        var collected = await CollectAsync(acme, EvidenceKind.Issues);
        Assert.Equal(CollectionState.Complete, collected.State);
        Assert.DoesNotContain("1", await OpenAsync(acme, EvidenceKind.Issues));
        await Assert.ThrowsAsync<CollectionLostException>(() => book.CompleteAsync(dead, new CollectionResult(), Stop));
        Assert.Equal(0, await StagedAsync(acme));
    }

    [Fact]
    public async Task Whoever_collects_of_another_organization_under_the_slug_stops()
    {
        await using var acme = await StartAsync();
        await using (var session = acme.Get<Database>().Open())
        {
            await session.GetTable<Watchbill.Connectors.ConnectorRow>().Where(row => row.Id == acme.Connector.Id).Set(row => row.OrganizationId, "999").UpdateAsync(Stop);
        }

        Assert.Equal("unbelievable-answer", (await CollectAsync(acme, EvidenceKind.Issues)).FailureCode);
        Assert.Empty(await OpenAsync(acme, EvidenceKind.Issues));
    }

    [Fact]
    public async Task No_secret_no_title_and_no_address_reaches_the_disk()
    {
        await using var acme = await StartAsync();
        await CollectAllAsync(acme);
        var organization = acme.Acme;
        List<string> planted =
        [
            .. organization.Evidence.Issues.Take(20).Select(static issue => issue.Title),
            .. organization.Projects.SelectMany(static project => project.Keys).Select(static key => key.SecretKey),
            "hooks.example.com/sentry/", "secret_key", "securityToken", "sentry:token",
        ];

        foreach (var file in acme.Files())
        {
            var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Stop));
            Assert.All(planted, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} is in {Path.GetFileName(file)}"));
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ConnectedOrganization> StartAsync(TestEngine engine = TestEngine.Sqlite, bool readsAuditLog = false)
    {
        var acme = await ConnectedOrganization.StartAsync(Size, engine: engine, readsAuditLog: readsAuditLog);
        await acme.SyncAsync();
        return acme;
    }

    private static Task<IReadOnlyList<Collection>> CollectAllAsync(ConnectedOrganization acme) => acme.Get<CollectionQueue>().RunAsync(acme.Connector.Id, Stop);

    private static async Task<Collection> CollectAsync(ConnectedOrganization acme, EvidenceKind kind, EvidenceRequest? request = null)
    {
        var result = await TryCollectAsync(acme, kind, request);
        Assert.True(result.Succeeded, result.Refusal?.ToString());
        return result.Value;
    }

    private static Task<Result<Collection>> TryCollectAsync(ConnectedOrganization acme, EvidenceKind kind, EvidenceRequest? request = null) =>
        acme.Get<CollectEvidence>().RunAsync(acme.Connector.Id, request ?? new EvidenceRequest(kind, Part: null, AcceptsLoss: false, Actor.System), ConnectedOrganization.Somebody, Stop);

    private static async Task<EvidenceList> ListAsync(ConnectedOrganization acme, EvidenceQuestion question)
    {
        var page = await acme.Get<ReadEvidence>().ListAsync(question with { Take = 1000 }, Stop);
        Assert.True(page.Succeeded, page.Refusal?.ToString());
        return page.Value;
    }

    private static async Task<List<string>> OpenAsync(ConnectedOrganization acme, EvidenceKind kind, Func<EvidenceRecord, string>? show = null) =>
        [.. (await acme.Get<ReadEvidence>().OpenAsync(acme.Connector.Id, kind, Stop)).Select(show ?? (static row => row.Key)).Order(StringComparer.Ordinal)];

    private static async Task<IReadOnlyList<EvidenceRecord>> RowsAsync(ConnectedOrganization acme, EvidenceKind kind) =>
        await acme.Get<ReadEvidence>().OpenAsync(acme.Connector.Id, kind, Stop);

    private static JsonElement Field(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).Clone();
    }

    private static IEnumerable<string> FieldsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(static field => field.Name)];
    }

    private static void AssertSame(IEnumerable<string> expected, List<string> actual)
    {
        Assert.NotEmpty(actual);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual);
    }

    private static async Task<int> StagedAsync(ConnectedOrganization acme)
    {
        await using var session = acme.Get<Database>().Open();
        return await session.GetTable<StagedItem>().CountAsync(Stop) + await session.GetTable<StagedPart>().CountAsync(Stop);
    }
}
