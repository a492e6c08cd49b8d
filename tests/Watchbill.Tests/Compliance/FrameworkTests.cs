using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Compliance;

/// <summary>Frameworks of one's own.</summary>
public sealed class FrameworkTests
{
    private const string Baseline = """
        id: acme-baseline
        name: Acme baseline
        edition: "2026"
        controlCount: 40
        controls:
          - {id: "AC-1", title: Nobody who left keeps access, theme: access, checks: [member-inactive, member-suspended-user-removed]}
          - {id: "AC:2", title: Strong sign-in, theme: authentication, checks: [org-mfa-or-sso-enforced]}
          - {id: "AC-3", title: Doors are locked}
        """;

    private static readonly Caller Manager = new(new Kernel.Actor(ActorKind.Account, "m"), [Right.ReadAccess, Right.ManageCompliance, Right.AskForExceptions], Accounts.Ada.Id);
    private static readonly Caller Reader = new(new Kernel.Actor(ActorKind.Account, "r"), [Right.ReadAccess, Right.ReadAudit]);

    [Theory, EveryEngine]
    public async Task A_framework_is_brought_used_replaced_and_removed(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(engine: engine);
        var (manage, queries) = (acme.Get<ManageFrameworks>(), acme.Get<CheckQueries>());
        Assert.Equal("right-missing", (await manage.BringAsync(FrameworkText.OfYaml(Baseline), "New.", Reader, default)).Refusal!.Code);
        var brought = (await manage.BringAsync(FrameworkText.OfYaml(Baseline), "Our list.", Manager, default)).Value;
        Assert.Equal((40, 2), (brought.ControlCount, brought.Controls.Count));
        Assert.True((await acme.Get<RunChecks>().RunAsync(acme.Connector.Id, Manager, default)).Succeeded);

        Assert.Contains((await manage.ListAsync(Reader, default)).Value, static one => one.Id == "acme-baseline");
        Assert.Contains((await queries.PostureAsync(acme.Connector.Id, 30, Reader, default)).Value.Frameworks, static one => one.Framework.Id == "acme-baseline" && one.Controls.Total == 2);
        Assert.Equal(2, (await queries.FrameworkAsync(acme.Connector.Id, "acme-baseline", Reader, default)).Value.Controls.Count);
        Assert.Equal("AC:2", (await queries.ControlAsync(acme.Connector.Id, "acme-baseline", "AC:2", Reader, default)).Value.Control.Id);
        Assert.Contains((await queries.FindAsync(acme.Connector.Id, "member-inactive", Reader, default)).Value.Controls, static place => place.Framework.Id == "acme-baseline" && place.Control.Id == "AC-1");
        var draft = new ArtifactDraft(acme.Connector.Id, "list.txt", "list"u8.ToArray(), "Who left.") { Controls = ["acme-baseline:AC:2"] };
        Assert.True((await acme.Get<ManageArtifacts>().RecordAsync(draft, Manager, default)).Succeeded);

        // The same again changes nothing; another definition is a second version, and both are kept.
        Assert.True((await manage.BringAsync(FrameworkText.OfYaml(Baseline), "Again.", Manager, default)).Succeeded);
        Assert.Single((await manage.FindAsync("acme-baseline", Reader, default)).Value.Versions);
        Assert.True((await manage.BringAsync(FrameworkText.OfYaml(Baseline.Replace("Strong sign-in", "Two factors", StringComparison.Ordinal)), "Clearer.", Manager, default)).Succeeded);
        var history = (await manage.FindAsync("acme-baseline", Reader, default)).Value;
        Assert.Equal("Clearer. Our list. Two factors", $"{string.Join(' ', history.Versions.Select(static one => one.Reason))} {history.Framework.Controls[1].Title}");
        Assert.Equal((null, history.Versions[0].From), (history.Versions[0].To, history.Versions[1].To));

        Assert.Equal("framework-not-own", (await manage.RemoveAsync("gdpr", "Away.", Manager, default)).Refusal!.Code);
        Assert.Equal("framework-not-found", (await manage.RemoveAsync("nothing", "Away.", Manager, default)).Refusal!.Code);
        Assert.True((await manage.RemoveAsync("acme-baseline", "Away.", Manager, default)).Succeeded);
        Assert.Equal("framework-not-found", (await queries.FrameworkAsync(acme.Connector.Id, "acme-baseline", Reader, default)).Refusal!.Code);
        var noted = await acme.Get<AuditLog>().ListAsync(new AuditQuery { Limit = 50 }, default);
        Assert.Equal(["framework-removed", "framework-brought", "framework-brought"], noted.Where(static one => one.SubjectKind == "framework").Select(static one => one.Action));
    }

    [Theory, EveryEngine]
    public async Task Posture_and_checks_tell_of_the_frameworks_that_are_followed(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(engine: engine);
        var (manage, queries) = (acme.Get<ManageFrameworks>(), acme.Get<CheckQueries>());
        Assert.True((await manage.BringAsync(FrameworkText.OfYaml(Baseline), "Our list.", Manager, default)).Succeeded);
        Assert.True((await acme.Get<RunChecks>().RunAsync(acme.Connector.Id, Manager, default)).Succeeded);
        Assert.Equal(9, await ToldAsync());

        Assert.Equal("right-missing", (await manage.FollowAsync(["gdpr"], "Ours.", Reader, default)).Refusal!.Code);
        Assert.Equal("framework-not-found", (await manage.FollowAsync(["gdpr", "nothing"], "Ours.", Manager, default)).Refusal!.Code);
        Assert.Equal(["acme-baseline", "gdpr"], (await manage.FollowAsync(["gdpr", "acme-baseline", "gdpr"], "Ours.", Manager, default)).Value);
        Assert.Equal(2, await ToldAsync());
        Assert.Equal(["acme-baseline", "gdpr"], (await queries.FindAsync(acme.Connector.Id, "member-inactive", Reader, default)).Value.Controls.Select(static place => place.Framework.Id).Distinct().Order());
        Assert.True((await queries.FrameworkAsync(acme.Connector.Id, "hipaa-45cfr164", Reader, default)).Succeeded);

        // The same again is no event; what is removed is followed no more, and the last one cannot be.
        Assert.True((await manage.FollowAsync(["acme-baseline", "gdpr"], "Again.", Manager, default)).Succeeded);
        Assert.True((await manage.FollowAsync(["acme-baseline"], "Only that.", Manager, default)).Succeeded);
        Assert.Equal("framework-only-followed", (await manage.RemoveAsync("acme-baseline", "Away.", Manager, default)).Refusal!.Code);
        Assert.True((await manage.FollowAsync(["acme-baseline", "gdpr"], "Both.", Manager, default)).Succeeded);
        Assert.True((await manage.RemoveAsync("acme-baseline", "Away.", Manager, default)).Succeeded);
        Assert.Equal(["gdpr"], (await manage.ChosenAsync(Reader, default)).Value);
        Assert.True((await manage.FollowAsync([], "All.", Manager, default)).Succeeded);
        Assert.Equal(8, await ToldAsync());
        var noted = await acme.Get<AuditLog>().ListAsync(new AuditQuery { Limit = 50 }, default);
        Assert.Equal(["All.", "Both.", "Only that.", "Ours."], noted.Where(static one => one.Action == "frameworks-followed").Select(static one => one.Reason));

        async Task<int> ToldAsync() => (await queries.PostureAsync(acme.Connector.Id, 30, Reader, default)).Value.Frameworks.Count;
    }

    [Fact]
    public void A_table_is_read_and_controls_without_checks_are_counted()
    {
        var framework = FrameworkText.OfCsv(new FrameworkHead("acme", "Acme", "1", null), "Control;Title;Theme;Checks\nA.1;\"Who, and why\";access;member-inactive member-stale-invite\nA.2;Doors;;\n").Value;
        Assert.Equal((2, "A.1", "Who, and why", ControlTheme.Access), (framework.ControlCount, framework.Controls.Single().Id, framework.Controls.Single().Title, framework.Controls.Single().Theme));
        Assert.Equal(["member-inactive", "member-stale-invite"], framework.Controls.Single().Checks);
    }

    [Fact]
    public void Every_framework_can_be_saved_and_read_again()
    {
        foreach (var framework in FrameworkCatalogue.All)
        {
            var renamed = framework with { Id = "x-" + framework.Id };
            var read = FrameworkText.OfYaml(FrameworkText.ToYaml(renamed));
            Assert.True(read.Succeeded, read.Refusal?.Message);
            Assert.Equal(JsonSerializer.Serialize(renamed, FrameworkJson.Default.Framework), JsonSerializer.Serialize(read.Value, FrameworkJson.Default.Framework));
        }

        // JSON is YAML.
        Assert.True(FrameworkText.OfYaml("""{"id": "acme", "name": "A", "edition": "1", "controls": [{"id": "1", "title": "T", "theme": "access", "checks": ["member-inactive"]}]}""").Succeeded);
    }

    [Theory]
    [InlineData("", "A framework has an id")]
    [InlineData("- a", "Line 1")]
    [InlineData("id: acme\nid: acme", "Line 2")]
    [InlineData("id: acme\nnom: x", "nom")]
    [InlineData("id: [a", "Line")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactve]}]", "member-inactve")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T, theme: acces, checks: [member-inactive]}]", "The theme of control 1")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactive, member-inactive]}]", "names a check twice")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactive]}, {id: '1', title: T, theme: access, checks: [member-inactive]}]", "there twice")]
    [InlineData("id: gdpr\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactive]}]", "another id")]
    [InlineData("id: Acme!\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactive]}]", "The id has")]
    [InlineData("id: acme\nedition: '1'\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactive]}]", "The name has")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrolCount: 0\ncontrols: [{id: '1', title: T, theme: access, checks: [member-inactive]}]", "controlCount")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrols: [{id: '1', title: T}]", "No control names a check")]
    [InlineData("id: acme\nname: A\nedition: '1'\ncontrols: [null, {id: '1', title: \"T\\nU\", theme: access, checks: [null]}]", "Control 1")]
    public void What_is_wrong_with_a_file_is_named(string yaml, string said)
    {
        var refusal = FrameworkText.OfYaml(yaml).Refusal;
        Assert.Equal("framework-file-invalid", refusal?.Code);
        Assert.Contains(said, refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_nests_or_repeats_without_end_is_refused()
    {
        foreach (var yaml in (string[])[new string('[', 100_000), "controls: " + new string('[', 100_000), string.Concat(Enumerable.Repeat("- ", 100_000)), "a: &a [*a]", new string('a', FrameworkText.MostCharacters + 1)])
        {
            Assert.Equal("framework-file-invalid", FrameworkText.OfYaml(yaml).Refusal?.Code);
        }
    }
}
