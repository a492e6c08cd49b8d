using System.Text;
using Watchbill.Audit;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Engagements;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.Packs.Sampling;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Packs;

namespace Watchbill.Tests.Engagements;

/// <summary>Engagements over a real sync of the simulated Sentry: what auditors see, ask and draw, and what they do not.</summary>
public sealed class EngagementTests
{
    private static readonly Caller Manager = Person(Accounts.Ada.Id, [.. RoleRights.Of(Role.ComplianceManager)]);
    private static readonly Caller Dee = Person(Accounts.Dee.Id, [.. RoleRights.Of(Role.ExternalAuditor)]);
    private static readonly Caller Eve = Person(Accounts.Eve.Id, [.. RoleRights.Of(Role.ExternalAuditor)]);
    private static readonly Caller Inside = Person(Accounts.Cyd.Id, [.. RoleRights.Of(Role.Auditor)]);

    [Theory, EveryEngine]
    public async Task Auditors_see_the_engagement_that_names_them_and_nothing_else(TestEngine engine)
    {
        var people = new Accounts();
        await using var scene = await PackScene.StartAsync(engine, people);
        var (acme, rooms) = (scene.Acme, scene.Acme.Get<AuditRoom>());
        var engagement = await OpenAsync(scene, Draft(scene) with { Controls = ["CC6.1", "CC6.2"] });
        Assert.Equal(("engagement-opened", Accounts.Dee.Id, $"/engagements/{engagement.Id}"), (people.Mail[^1].Kind, people.Mail[^1].To, people.Mail[^1].Path));

        var view = (await rooms.OverviewAsync(engagement.Id, Dee, default)).Value;
        Assert.Equal(["CC6.1", "CC6.2"], view.Room.Controls.Select(static control => control.Id));
        Assert.Equal((true, 2, true), (view.Room.IsAuditor, view.Sources.Single().Controls.Count, view.Sources.Single().Run is not null));
        var control = (await rooms.ControlAsync(engagement.Id, acme.Connector.Id, "CC6.1", Dee, default)).Value;
        Assert.Equal(control.Control.Checks.Order(), control.Lines.Select(static line => line.CheckId).Order());
        Assert.NotEmpty(control.History);
        var check = (await rooms.CheckAsync(engagement.Id, new ResultSearch(acme.Connector.Id) { CheckId = "member-strong-auth", Take = 5 }, Dee, default)).Value;
        Assert.True(check.Results.Count >= check.Results.Rows.Count && check.Results.Rows.Count > 0);

        // Neither what it is not about, nor anything beside it.
        Assert.Equal("engagement-out-of-scope", (await rooms.ControlAsync(engagement.Id, acme.Connector.Id, "CC7.2", Dee, default)).Refusal!.Code);
        Assert.Equal("engagement-out-of-scope", (await rooms.ControlAsync(engagement.Id, new ConnectorId(99), "CC6.1", Dee, default)).Refusal!.Code);
        Assert.Equal("engagement-out-of-scope", (await rooms.CheckAsync(engagement.Id, new ResultSearch(acme.Connector.Id) { CheckId = "org-early-adopter-off" }, Dee, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<CheckQueries>().LatestAsync(acme.Connector.Id, Dee, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<BuildPack>().RunAsync(scene.Request(), scene.Folder, Dee, default)).Refusal!.Code);
        Assert.Equal("engagement-not-found", (await rooms.OverviewAsync(engagement.Id, Eve, default)).Refusal!.Code);
        Assert.Empty((await acme.Get<ManageEngagements>().ListAsync(Eve, default)).Value);
        Assert.Single((await acme.Get<ManageEngagements>().ListAsync(Dee, default)).Value);
        Assert.False((await rooms.OverviewAsync(engagement.Id, Inside, default)).Value.Room.IsAuditor);

        // Every look of the auditor is in the log, and none of those who only look after it.
        var looks = (await acme.Get<AuditLog>().ListAsync(new AuditQuery { Limit = 100 }, default)).Where(static one => one.Action == "engagement-looked").ToList();
        Assert.Equal(6, looks.Count);
        Assert.All(looks, static look => Assert.Equal(Dee.Actor, look.Actor));
        Assert.Contains(looks, static look => look.After!.Contains("control CC6.1 of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Access_ends_with_its_date_with_the_list_of_auditors_and_with_the_engagement()
    {
        await using var scene = await PackScene.StartAsync();
        var (manage, rooms) = (scene.Acme.Get<ManageEngagements>(), scene.Acme.Get<AuditRoom>());
        var engagement = await OpenAsync(scene, Draft(scene));
        Assert.False(engagement.IsOpen(engagement.AccessEndsAt));
        Assert.True(engagement.IsOpen(engagement.AccessEndsAt.AddMicroseconds(-1)));
        Assert.Equal("right-missing", (await manage.ChangeAsync(engagement.Id, new EngagementAccess([Accounts.Eve.Id], scene.Now.AddDays(5)), "Mine.", Dee, default)).Refusal!.Code);
        Assert.True((await manage.ChangeAsync(engagement.Id, new EngagementAccess([Accounts.Eve.Id], scene.Now.AddDays(5)), "Dee left.", Manager, default)).Succeeded);
        Assert.Equal("engagement-not-found", (await rooms.OverviewAsync(engagement.Id, Dee, default)).Refusal!.Code);
        Assert.True((await rooms.OverviewAsync(engagement.Id, Eve, default)).Succeeded);
        Assert.True((await manage.CloseAsync(engagement.Id, "The report is out.", Manager, default)).Succeeded);
        Assert.Equal("engagement-not-found", (await rooms.OverviewAsync(engagement.Id, Eve, default)).Refusal!.Code);
        Assert.Equal("The report is out.", (await rooms.OverviewAsync(engagement.Id, Manager, default)).Value.Room.Engagement.Closing);
        Assert.Equal("engagement-closed", (await manage.CloseAsync(engagement.Id, "Again.", Manager, default)).Refusal!.Code);
        Assert.Equal("engagement-closed", (await scene.Acme.Get<EvidenceRequests>().CommentAsync(engagement.Id, "CC6.1", "Late.", Manager, default)).Refusal!.Code);
    }

    [Theory, EveryEngine]
    public async Task A_request_is_asked_answered_returned_and_accepted(TestEngine engine)
    {
        var people = new Accounts();
        await using var scene = await PackScene.StartAsync(engine, people);
        var (acme, requests, rooms) = (scene.Acme, scene.Acme.Get<EvidenceRequests>(), scene.Acme.Get<AuditRoom>());
        var id = (await OpenAsync(scene, Draft(scene))).Id;
        Assert.Equal("engagement-auditor-only", (await requests.AskAsync(id, new EvidenceRequestDraft("A", "B"), Manager, default)).Refusal!.Code);
        Assert.Equal("evidence-request-invalid", (await requests.AskAsync(id, new EvidenceRequestDraft(" ", "B"), Dee, default)).Refusal!.Code);
        Assert.Equal("engagement-out-of-scope", (await requests.AskAsync(id, new EvidenceRequestDraft("A", "B") { Control = "XX" }, Dee, default)).Refusal!.Code);
        var asked = (await requests.AskAsync(id, new EvidenceRequestDraft("Leavers", "Who left in the period?") { Control = "CC6.2", DueAt = scene.Now.AddDays(3) }, Dee, default)).Value;
        Assert.Equal((1, EvidenceRequestState.Open, Accounts.Dee.Id), (asked.Number, asked.State, asked.AskedBy));
        Assert.Equal(("evidence-request-moved", Accounts.Ada.Id), (people.Mail[^1].Kind, people.Mail[^1].To));

        var file = (await acme.Get<ManageArtifacts>().RecordAsync(new ArtifactDraft(acme.Connector.Id, "leavers.txt", Encoding.UTF8.GetBytes("nobody"), "Who left."), Manager, default)).Value;
        Assert.Equal("engagement-out-of-scope", (await rooms.FileAsync(id, file.Id, Dee, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await StepAsync(EngagementNoteKind.Provided, Dee)).Refusal!.Code);
        Assert.Equal("engagement-text-invalid", (await requests.StepAsync(id, 1, new EngagementStep(EngagementNoteKind.Provided, " "), Manager, default)).Refusal!.Code);
        Assert.Equal("artifact-not-found", (await requests.StepAsync(id, 1, new EngagementStep(EngagementNoteKind.Provided, "Here.") { Artifact = new ArtifactId(99) }, Manager, default)).Refusal!.Code);
        Assert.Equal("evidence-request-not-so", (await StepAsync(EngagementNoteKind.Accepted, Dee)).Refusal!.Code);
        Assert.Equal(EvidenceRequestState.Provided, (await requests.StepAsync(id, 1, new EngagementStep(EngagementNoteKind.Provided, "Here.") { Artifact = file.Id }, Manager, default)).Value.State);
        Assert.Equal("nobody", Encoding.UTF8.GetString((await rooms.FileAsync(id, file.Id, Dee, default)).Value.Content));
        Assert.Equal("engagement-auditor-only", (await StepAsync(EngagementNoteKind.Accepted, Manager)).Refusal!.Code);
        Assert.Equal(EvidenceRequestState.Open, (await StepAsync(EngagementNoteKind.Returned, Dee)).Value.State);
        Assert.Equal(EvidenceRequestState.Provided, (await StepAsync(EngagementNoteKind.Provided, Manager)).Value.State);
        Assert.Equal(EvidenceRequestState.Accepted, (await StepAsync(EngagementNoteKind.Accepted, Dee)).Value.State);
        Assert.Equal("evidence-request-not-so", (await StepAsync(EngagementNoteKind.Withdrawn, Dee)).Refusal!.Code);
        Assert.True((await requests.CommentAsync(id, "CC6.2", "Looks good.", Dee, default)).Succeeded);
        Assert.Equal("right-missing", (await requests.CommentAsync(id, "CC6.2", "Me too.", Inside, default)).Refusal!.Code);

        var details = (await requests.FindAsync(id, 1, Dee, default)).Value;
        Assert.Equal("Asked Provided Returned Provided Accepted", string.Join(' ', details.Notes.Select(static note => note.Kind)));
        Assert.Equal("Looks good.", Assert.Single((await rooms.ControlAsync(id, acme.Connector.Id, "CC6.2", Dee, default)).Value.Notes).Text);
        var noted = (await acme.Get<AuditLog>().ListAsync(new AuditQuery { Limit = 100 }, default)).Select(static one => one.Action).ToList();
        Assert.Equal(2, noted.Count(static action => action == "engagement-provided"));
        Assert.Contains("engagement-accepted", noted);

        Task<Result<EvidenceRequest>> StepAsync(EngagementNoteKind kind, Caller caller) => requests.StepAsync(id, 1, new EngagementStep(kind, "Because."), caller, default);
    }

    [Fact]
    public async Task A_request_list_is_asked_whole_or_not_at_all()
    {
        var people = new Accounts();
        await using var scene = await PackScene.StartAsync(accounts: people);
        var (requests, rooms) = (scene.Acme.Get<EvidenceRequests>(), scene.Acme.Get<AuditRoom>());
        var id = (await OpenAsync(scene, Draft(scene))).Id;
        const string List = "Title;Text;Control;Due\nLeavers;\"Who left,\nand when?\";CC6.2;2027-01-15\nPolicy;The policy;;\n";
        Assert.Equal("engagement-auditor-only", (await requests.ImportAsync(id, List, Manager, default)).Refusal!.Code);
        foreach (var (wrong, said) in ((string, string)[])[(List.Replace("CC6.2", "XX", StringComparison.Ordinal), "Line 2: The engagement is not about control XX."), (List.Replace("2027-01-15", "soon", StringComparison.Ordinal), "Line 2: A date"), ("title\nA\n", "Line 1:"), ("title,text\n", "1 to 1,000"), (List + "One;;;\n", "A request has a title")])
        {
            var refusal = (await requests.ImportAsync(id, wrong, Dee, default)).Refusal!;
            Assert.Equal("evidence-request-file-invalid", refusal.Code);
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty((await rooms.OverviewAsync(id, Dee, default)).Value.Requests);
        var asked = (await requests.ImportAsync(id, List, Dee, default)).Value;
        Assert.Equal([(1, "CC6.2"), (2, null)], asked.Select(static one => (one.Number, one.Control)));
        Assert.Equal("Who left,\nand when?", asked[0].Text.ReplaceLineEndings("\n"));
        Assert.Equal(2, people.Mail.Count(static mail => mail.Kind == "evidence-request-moved"));
        Assert.Equal(3, (await requests.AskAsync(id, new EvidenceRequestDraft("More", "More."), Dee, default)).Value.Number);
    }

    [Fact]
    public async Task Files_for_controls_of_the_engagement_can_be_had_and_no_others()
    {
        await using var scene = await PackScene.StartAsync();
        var (acme, rooms, artifacts) = (scene.Acme, scene.Acme.Get<AuditRoom>(), scene.Acme.Get<ManageArtifacts>());
        var id = (await OpenAsync(scene, Draft(scene) with { Controls = ["CC6.1"] })).Id;
        ArtifactDraft For(string text, params string[] controls) => new(acme.Connector.Id, "a.txt", Encoding.UTF8.GetBytes(text), "A.") { Controls = controls };
        var inside = (await artifacts.RecordAsync(For("1", "soc2-tsc-2017-rev2022:CC6.1"), Manager, default)).Value.Id;
        var other = (await artifacts.RecordAsync(For("2", "soc2-tsc-2017-rev2022:CC6.2"), Manager, default)).Value.Id;
        var elsewhere = (await artifacts.RecordAsync(For("3", "nist-csf-2.0:PR.AA-05"), Manager, default)).Value.Id;
        Assert.True((await rooms.FileAsync(id, inside, Dee, default)).Succeeded);
        Assert.Equal("engagement-out-of-scope", (await rooms.FileAsync(id, other, Dee, default)).Refusal!.Code);
        Assert.Equal("engagement-out-of-scope", (await rooms.FileAsync(id, elsewhere, Dee, default)).Refusal!.Code);
        Assert.Equal("engagement-out-of-scope", (await rooms.FileAsync(id, new ArtifactId(99), Dee, default)).Refusal!.Code);
        Assert.Equal(inside, Assert.Single((await rooms.ControlAsync(id, acme.Connector.Id, "CC6.1", Dee, default)).Value.Artifacts).Id);
    }

    [Fact]
    public async Task A_pack_is_of_the_engagement_and_a_sample_can_be_drawn_again_from_it()
    {
        await using var scene = await PackScene.StartAsync();
        var (acme, packs) = (scene.Acme, scene.Acme.Get<RoomPacks>());
        var id = (await OpenAsync(scene, Draft(scene) with { From = scene.Now.AddDays(-1000), To = scene.Now })).Id;
        var pack = (await packs.MakeAsync(id, acme.Connector.Id, scene.Folder, Dee, default)).Value;
        PackScene.AssertIntact(VerifyPack.Run(pack.Path, pack.KeyFingerprint));
        Assert.Equal("engagement-out-of-scope", (await packs.MakeAsync(id, new ConnectorId(99), scene.Folder, Dee, default)).Refusal!.Code);

        var set = (await packs.MakeSetAsync(id, scene.Folder, Dee, default)).Value;
        PackScene.AssertIntact(VerifyPack.Run(set.Path, set.KeyFingerprint));
        Assert.Equal("engagement-not-found", (await packs.MakeSetAsync(new EngagementId(99), scene.Folder, Dee, default)).Refusal!.Code);

        var before = Directory.GetFiles(Path.GetTempPath(), ".evidence-*").Length;
        var drawn = (await packs.SampleAsync(id, new RoomSampleRequest(acme.Connector.Id, "populations/sentry-audit-log", "CC6.1", 7) { By = "at" }, Dee, default)).Value;
        Assert.Equal(pack.Sha256, drawn.Sha256);
        var again = DrawSample.Run(pack.Path, new SampleRequest("populations/sentry-audit-log", RoomPacks.SeedOf(id), "CC6.1", 7) { By = "at" }).Value;
        Assert.Equal(again.Drawn, drawn.Sample.Drawn);
        Assert.Equal(again.Seed, drawn.Sample.Seed);
        Assert.Equal("engagement-out-of-scope", (await packs.SampleAsync(id, new RoomSampleRequest(acme.Connector.Id, "populations/members", "XX", 7), Dee, default)).Refusal!.Code);
        Assert.Equal("pack-list-not-found", (await packs.SampleAsync(id, new RoomSampleRequest(acme.Connector.Id, "populations/nothing", "CC6.1", 7), Dee, default)).Refusal!.Code);
        Assert.Equal(before, Directory.GetFiles(Path.GetTempPath(), ".evidence-*").Length);
        foreach (var list in RoomPacks.Lists)
        {
            Assert.True(DrawSample.Run(pack.Path, new SampleRequest(list, "a", "b", 1)).Succeeded, list);
        }
    }

    [Fact]
    public async Task A_framework_of_ones_own_stays_as_it_was_when_the_engagement_was_opened()
    {
        await using var scene = await PackScene.StartAsync();
        var frameworks = scene.Acme.Get<ManageFrameworks>();
        FrameworkHead head = new("acme", "Acme", "1", null);
        await frameworks.BringAsync(FrameworkText.OfCsv(head, "control,title,theme,checks\nA,Old,access,member-inactive\n"), "New.", Manager, default);
        var id = (await OpenAsync(scene, Draft(scene) with { Framework = "acme" })).Id;
        await frameworks.BringAsync(FrameworkText.OfCsv(head, "control,title,theme,checks\nB,New,access,member-inactive\n"), "Newer.", Manager, default);
        await frameworks.RemoveAsync("acme", "Over.", Manager, default);
        Assert.Equal("Old", Assert.Single((await scene.Acme.Get<AuditRoom>().OverviewAsync(id, Dee, default)).Value.Room.Controls).Title);
        Assert.True((await scene.Acme.Get<RoomPacks>().MakeAsync(id, scene.Acme.Connector.Id, scene.Folder, Dee, default)).Succeeded);
    }

    [Fact]
    public async Task What_is_no_engagement_is_refused()
    {
        await using var scene = await PackScene.StartAsync();
        var draft = Draft(scene);
        foreach (var (code, wrong) in ((string, EngagementDraft)[])
            [
                ("engagement-name-invalid", draft with { Name = " " }), ("engagement-name-invalid", draft with { Firm = "A\nB" }), ("engagement-period-invalid", draft with { To = draft.From }),
                ("engagement-period-invalid", draft with { From = scene.Now.AddDays(1), To = scene.Now.AddDays(2) }), ("framework-not-found", draft with { Framework = "x" }), ("control-not-found", draft with { Controls = ["x"] }),
                ("engagement-sources-invalid", draft with { Connectors = [] }), ("engagement-sources-invalid", draft with { Connectors = [new ConnectorId(99)] }), ("engagement-auditors-invalid", draft with { Auditors = [] }),
                ("engagement-auditors-invalid", draft with { Auditors = [Accounts.Ben.Id] }), ("engagement-end-invalid", draft with { AccessEndsAt = scene.Now.AddDays(-1) }), ("engagement-end-invalid", draft with { AccessEndsAt = scene.Now.AddDays(9999) }),
            ])
        {
            Assert.Equal(code, (await scene.Acme.Get<ManageEngagements>().OpenAsync(wrong, Manager, default)).Refusal?.Code);
        }

        Assert.Equal("right-missing", (await scene.Acme.Get<ManageEngagements>().OpenAsync(draft, Inside, default)).Refusal!.Code);
        Assert.Empty((await scene.Acme.Get<ManageEngagements>().ListAsync(Manager, default)).Value);
    }

    private static EngagementDraft Draft(PackScene scene) =>
        new("SOC 2, 2026", PackScene.Framework, scene.Now.AddDays(-90), scene.Now.AddDays(30), scene.Now.AddDays(60)) { Firm = "Example Audit", Connectors = [scene.Acme.Connector.Id], Auditors = [Accounts.Dee.Id] };

    private static async Task<Engagement> OpenAsync(PackScene scene, EngagementDraft draft)
    {
        var opened = await scene.Acme.Get<ManageEngagements>().OpenAsync(draft, Manager, default);
        Assert.True(opened.Succeeded, opened.Refusal?.ToString());
        return opened.Value;
    }

    private static Caller Person(AccountId account, params Right[] rights) => new(new Kernel.Actor(ActorKind.Account, $"{account}"), rights, account);
}
