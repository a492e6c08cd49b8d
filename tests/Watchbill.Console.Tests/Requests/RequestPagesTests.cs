using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Watchbill.Connectors.Provisioning;
using Watchbill.People;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Requests;

/// <summary>Access from the policy to its end, in a browser: who asks sees only what is theirs.</summary>
public sealed class RequestPagesTests(BrowserFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_policy_to_the_end()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var member = acme.AddMember("engineer@example.org");
        await served.ReadAsync();
        await served.AllowChangesAsync();
        var engineer = await served.JoinAsync("engineer@example.org", "Eve Engineer", Role.Member);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("manager@example.org", "Max Manager", Role.AccessManager));
        await LooksAsync(page, "requests-empty", "/requests");
        await LooksAsync(page, "policies-empty", "/requests/policies");
        await WritePolicyAsync(page);

        var asking = await fixture.Browser.VisitAsync(served, Look.Desktop, engineer);
        await LooksAsync(asking, "request-ask", "/requests/new");
        var team = acme.Teams.First(one => !one.IsIdpProvisioned && one.Memberships.All(link => link.Member != member));
        await asking.FillAsync("#q", team.Slug);
        await asking.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        await asking.IsPresentableAsync("request-found");
        await asking.GetByRole(AriaRole.Link, new() { Name = team.Slug, Exact = true }).First.ClickAsync();
        await Expect(asking.GetByText("one person")).ToBeVisibleAsync();
        await asking.IsPresentableAsync("request-form");
        await AskAsync(asking);
        await Expect(asking).ToHaveURLAsync(new Regex("/requests/1$"));
        await Expect(asking.GetByRole(AriaRole.Button, new() { Name = "Grant it" })).ToHaveCountAsync(0);
        Assert.Equal(403, (await asking.GoAsync("/requests/policies"))!.Status);

        await LooksAtLinkAsync(page, served);
        await LooksAsync(page, "requests-waiting", "/requests");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("engineer|Engineer", RegexOptions.IgnoreCase) }).First.ClickAsync();
        await page.IsPresentableAsync("request-decide");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("says why");
        await page.FillAsync("#minutes", "30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Grant it" }).ClickAsync();
        await Expect(page.GetByText("being given")).ToBeVisibleAsync();
        await served.Get<Provisioner>().RunDueAsync(served.Connector!.Id, Stop);
        Assert.Contains(team.Memberships, link => link.Member == member);
        await LooksAsync(page, "request-granted", "/requests/1");
        await Expect(page.GetByText("there, proven")).ToBeVisibleAsync();
        await LooksAsync(page, "requests", "/requests");

        await asking.GoAsync("/requests/1");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).ClickAsync();
        await Expect(asking.GetByText("being taken back")).ToBeVisibleAsync();
        await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, Stop);
        await asking.ReloadAsync();
        await Expect(asking.GetByText("gone, proven")).ToBeVisibleAsync();
        Assert.DoesNotContain(team.Memberships, link => link.Member == member);
    }

    [Fact]
    public async Task An_emergency_is_looked_at_and_strangers_see_nothing()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        acme.AddMember("engineer@example.org");
        await served.ReadAsync();
        await served.AllowChangesAsync();
        Assert.True((await served.Get<ManagePolicies>().SaveAsync(new RequestPolicy { Name = "<b>Everybody</b>", Rules = new PolicyRules { BreakGlassMinutes = 30, Steps = [] } }, Caller.System, Stop)).Succeeded);
        var manager = await served.JoinAsync("manager@example.org", "Max Manager", Role.AccessManager);
        var asking = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("engineer@example.org", "Eve Engineer", Role.Member));
        await asking.GoAsync("/requests/new?q=");
        await asking.Locator("tbody a").First.ClickAsync();
        await asking.FillAsync("#reason", "<script>alert(1)</script> is down");
        await asking.CheckAsync("#emergency");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(asking.GetByText("emergency", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(asking.GetByText("<script>alert(1)</script> is down")).ToBeVisibleAsync();
        await Expect(asking.GetByRole(AriaRole.Button, new() { Name = "It was", Exact = true })).ToHaveCountAsync(0);

        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, manager);
        await LooksAsync(page, "request-emergency", "/requests/1");
        await page.FillAsync("#note", "The checkout was down.");
        await page.GetByRole(AriaRole.Button, new() { Name = "It was", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It was an emergency: The checkout was down.")).ToBeVisibleAsync();
        var stranger = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("other@example.org", "Otto Other", Role.Member));
        await LooksAsync(stranger, "request-not-yours", "/requests/1");
        await Expect(stranger.GetByText("There is no request 1, or it is not yours to see.")).ToBeVisibleAsync();
        await stranger.GoAsync("/requests/new");
        await Expect(stranger.GetByText("There is nothing that you could ask for")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_came_back_is_decided_and_insight_tells_how_asking_goes()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var member = acme.AddMember("engineer@example.org");
        await served.ReadAsync();
        await served.AllowChangesAsync();
        var rules = new PolicyRules { BreakGlassMinutes = 30, Auto = new AutoApproval { UpToMinutes = 60 } };
        Assert.True((await served.Get<ManagePolicies>().SaveAsync(new RequestPolicy { Name = "Engineers", Rules = rules }, Caller.System, Stop)).Succeeded);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("manager@example.org", "Max Manager", Role.AccessManager));
        await PoliciesAsync(page, $"{member.Id}");
        await LooksAsync(page, "drift-none", "/requests/drift");
        await LooksAsync(page, "insight-none", "/requests/insight");

        var teams = acme.Teams.Where(one => !one.IsIdpProvisioned && one.Memberships.All(link => link.Member != member)).Take(2).ToList();
        foreach (var team in teams)
        {
            var draft = new RequestDraft { Connector = served.Connector!.Id, Target = new AccessTarget(AccessKind.TeamMembership, $"{team.Id}", "contributor"), Member = $"{member.Id}", Reason = "The checkout is down.", Minutes = 30, IsBreakGlass = team == teams[1] };
            Assert.True((await served.Get<AskForAccess>().RunAsync(draft, Caller.System, Stop)).Succeeded);
            await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, Stop);
            Assert.True((await served.Get<KeepGrants>().EndAsync((await served.Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: true, Caller.System, Stop)).Value[0].Id, "Done.", Caller.System, Stop)).Succeeded);
            await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, Stop);
            acme.JoinTeam(member, team);
        }

        await served.ReadAsync();
        Assert.Equal(2, await served.Get<FindDrift>().RunAsync(Stop));
        await LooksAsync(page, "requests-drift", "/requests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Decide what becomes of it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Decide about") }).First.ClickAsync();
        await page.IsPresentableAsync("drift-decide");
        await page.FillAsync("#reason", "Not agreed.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(page.GetByText("being put back")).ToBeVisibleAsync();
        await served.Get<Provisioner>().RunDueAsync(served.Connector!.Id, Stop);
        await LooksAsync(page, "drift", "/requests/drift");
        await Expect(page.GetByText("put back", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Single(teams, team => team.Memberships.Any(link => link.Member == member));

        await LooksAsync(page, "insight", "/requests/insight?days=30");
        await Expect(page.GetByText("nothing is said here about people who are active")).ToBeVisibleAsync();
        await LooksAsync(page, "insight-refused", "/requests/insight?days=0");
        foreach (var (table, rows) in new[] { ("requests", 2), ("grants", 0), ("drift", 2), ("speed", 1), ("emergencies", 1) })
        {
            var file = await page.APIRequest.GetAsync(page.At($"/requests/files/{table}.csv"));
            Assert.Equal($"{rows}", file.Headers["x-row-count"]);
        }
    }

    private static async Task PoliciesAsync(IPage page, string member)
    {
        await LooksAsync(page, "policies-try", "/requests/policies/try");
        await page.GoAsync($"/requests/policies/try?member={member}&role=contributor&minutes=60");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no role contributor");
        await LooksAsync(page, "policies-tried", $"/requests/policies/try?member={member}&team=archive-crew&role=contributor&minutes=60");
        await Expect(page.GetByText("Granted at once, by the policy's rule")).ToBeVisibleAsync();
        await page.GoAsync($"/requests/policies/try?member={member}&team=archive-crew&role=contributor&minutes=90");
        await Expect(page.GetByText("Somebody would have to say yes")).ToBeVisibleAsync();

        var text = await (await page.APIRequest.GetAsync(page.At("/requests/files/policies.yaml"))).TextAsync();
        await page.GoAsync("/requests/policies/import");
        await page.FillAsync("#text", "policies:\n  - names: Engineers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say what would change" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("line 2");
        await page.IsPresentableAsync("policies-import");
        await page.FillAsync("#text", text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Engineers: same")).ToBeVisibleAsync();
    }

    /// <summary>The page that a mail leads to: the mail is encrypted where it waits, so the link is written beside it here.</summary>
    private static async Task LooksAtLinkAsync(IPage page, ServedOrganization served)
    {
        var secret = new string('k', 43);
        await using (var connection = new SqliteConnection($"Data Source={served.Database["sqlite:".Length..]}"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO answer_link (secret_digest, request_id, step, account_id, expires_at)
                SELECT $digest, request.id, request.step, (SELECT max(id) FROM account WHERE address = 'manager@example.org'), request.expires_at FROM access_request AS request
                """;
            command.Parameters.AddWithValue("$digest", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));
            await command.ExecuteNonQueryAsync(Stop);
        }

        await LooksAsync(page, "request-answer", $"/answer/{secret}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("says why");
        await LooksAsync(page, "request-answer-dead", "/answer/nothing");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not work");
    }

    private static async Task WritePolicyAsync(IPage page)
    {
        await LooksAsync(page, "policy-new", "/requests/policies/new");
        await page.FillAsync("#name", "Engineers");
        await page.FillAsync("#ticket", "(");
        await page.CheckAsync("#rule-1-Named");
        await page.SelectOptionAsync("#named-1", new SelectOptionValue { Label = "Max Manager" });
        await page.FillAsync("#emergency", "60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("regular expression");
        await Expect(page.Locator("#name")).ToHaveValueAsync("Engineers");
        await page.FillAsync("#ticket", "");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Engineers" })).ToBeVisibleAsync();
        await page.IsPresentableAsync("policies");
    }

    private static async Task AskAsync(IPage asking)
    {
        await asking.FillAsync("#reason", "Short");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(asking.GetByRole(AriaRole.Alert)).ToContainTextAsync("10 to 500 characters");
        await asking.FillAsync("#reason", "The checkout is down.");
        await asking.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }

    private static async Task LooksAsync(IPage page, string name, string path)
    {
        await page.GoAsync(path);
        await page.IsPresentableAsync(name);
        await page.SetViewportSizeAsync(1440, 900);
    }
}
