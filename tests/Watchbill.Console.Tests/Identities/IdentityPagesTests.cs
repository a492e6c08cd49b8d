using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Identities;

/// <summary>Directories, the people in them and whose account is whose, in a browser.</summary>
public sealed class IdentityPagesTests(BrowserFixture fixture)
{
    private static readonly Caller Tester = Caller.AtCommandLine(new(ActorKind.CommandLine, "tester"));

    /// <summary>From nothing to a directory that was filled by a file with a mistake in its first version, and to leavers.</summary>
    [Fact]
    public async Task A_file_is_looked_at_mended_and_taken_and_accounts_find_their_people()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var root = $"/org/{served.Connector!.Id}";
        var emails = served.Sentry.World.Organization(ServedOrganization.Slug).Members.Where(static one => one is { IsListed: true, IsPending: false }).Select(static one => one.Email).ToList();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.AccessManager);
        await LooksAsync(page, "identities-empty", "/identities");
        await LooksAsync(page, "accounts-without-people", $"{root}/accounts");
        await LooksAsync(page, "directories-empty", "/identities/directories");
        await page.FillAsync("#name", "People system");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/identities/directories/1$"));
        await page.IsPresentableAsync("directory-file");

        await SendAsync(page, $"Work address,Name,Status,Manager\n{emails[0]},Ada Example,active,\nnobody,Bo Example,active,\n");
        await Expect(page.GetByText("2 things are wrong").Or(page.GetByText("1 thing is wrong"))).ToBeVisibleAsync();
        await page.SelectOptionAsync("#column-email", "Work address");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByText("'nobody' is not an e-mail address.")).ToBeVisibleAsync();
        await page.IsPresentableAsync("upload-wrong");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take the file" })).ToHaveCountAsync(0);

        await page.GoAsync("/identities/directories/1");
        await SendAsync(page, $"Email,Name,Status,Manager\n{emails[0]},Ada Example,active,{emails[1]}\n{emails[1]},Bo Example,left,\n{emails[2]},Cy Example,active,boss@example.org\n");
        await page.IsPresentableAsync("upload-right");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the file" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/identities/directories/1$"));
        await LooksAsync(page, "identities", "/identities");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bo Example" }).ClickAsync();
        await Expect(page.GetByText("Bo Example left, and an account is still there.")).ToBeVisibleAsync();
        await page.IsPresentableAsync("identity-leaver");

        await LooksAsync(page, "accounts", $"{root}/accounts");
        await page.GetByRole(AriaRole.Link, new() { Name = "orphaned" }).ClickAsync();
        await page.CheckAsync("input[name=member] >> nth=0");
        await page.SelectOptionAsync("select[name=owner]", "named");
        await page.FillAsync("input[name=identity]", "nobody@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No directory names 'nobody@example.org'");
        await Expect(page.Locator("input[name=member]").First).ToBeCheckedAsync();
        await page.SelectOptionAsync("section select[name=kind]", "service");
        await page.SelectOptionAsync("select[name=owner]", "named");
        await page.FillAsync("input[name=identity]", emails[0]);
        await page.FillAsync("input[name=note]", "The build robot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GoAsync($"{root}/accounts?kind=service");
        await Expect(page.GetByText("set by hand: The build robot")).ToBeVisibleAsync();
        await page.IsPresentableAsync("accounts-service");
        await page.GoAsync($"{root}/accounts?state=leaver");
        await page.CheckAsync("input[name=member] >> nth=0");
        await page.FillAsync("input[name=remove-reason]", "Left the company");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for their removal" }).ClickAsync();
        await Expect(page.GetByText("0 removals are asked for; 1 cannot be.")).ToBeVisibleAsync();
        await page.IsPresentableAsync("accounts-not-removed");
    }

    [Fact]
    public async Task Groups_that_are_pushed_decide_about_accounts_once_somebody_lets_them()
    {
        await using var served = await ServedOrganization.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OIDC_ISSUER"] = "http://127.0.0.1:9/",
            ["OIDC_CLIENT_ID"] = "watchbill",
            ["SCIM_GROUP_ROLES"] = "audit=Auditor+ComplianceManager",
        });
        var directory = ServedPeople.Must(await served.Get<ManageDirectories>().CreateAsync("Provider", DirectoryKind.Scim, Tester, default));
        var token = ServedPeople.Must(await served.Get<ManageDirectories>().IssueTokenAsync(directory.Id, Tester, default)).Token;
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        await LooksAsync(page, "directory-groups-empty", "/identities/directories/1/accounts");
        using var provider = new HttpClient { BaseAddress = new Uri(served.Server.Listening, "/scim/v2/") };
        provider.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var person = await PushAsync(provider, "Users", """{"userName":"ada@example.com","displayName":"Ada Example","active":true}""");
        await PushAsync(provider, "Groups", $$"""{"displayName":"audit","members":[{"value":"{{person}}"}]}""");
        await PushAsync(provider, "Groups", $$"""{"displayName":"Everybody <of us>","members":[{"value":"{{person}}"}]}""");

        await LooksAsync(page, "directory-groups", "/identities/directories/1/accounts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let them decide about accounts" }).ClickAsync();
        await Expect(page.GetByText("They decide: whoever is in a group")).ToBeVisibleAsync();
        await page.IsPresentableAsync("directory-decides");
        await LooksAsync(page, "directory-scim-decides", "/identities/directories/1");
        await page.GoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada Example" }).ClickAsync();
        await Expect(page.GetByText("The groups of the directory Provider decide about this account")).ToBeVisibleAsync();
        await page.IsPresentableAsync("person-decided-by-directory");
        for (var number = 0; number < 210; number++)
        {
            await PushAsync(provider, "Groups", $$"""{"displayName":"Group {{number:000}}"}""");
        }

        await LooksAsync(page, "directory-groups-many", "/identities/directories/1/accounts");
        await Expect(page.GetByText("12 more are not shown.")).ToBeVisibleAsync();
        var leaving = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await LooksAsync(leaving, "sign-in-ended", "/sign-in?ended=true");
        await Expect(leaving.GetByRole(AriaRole.Link, new() { Name = "sign out there too" })).ToBeVisibleAsync();
        var reader = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await LooksAsync(reader, "frameworks-reader", "/frameworks");
    }

    [Fact]
    public async Task Tokens_rules_and_removing()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        await served.Get<ManageDirectories>().CreateAsync("Provider", DirectoryKind.Scim, Tester, default);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.AccessManager);
        await LooksAsync(page, "directory-scim", "/identities/directories/1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await Expect(page.Locator("#scim-token")).ToHaveValueAsync(new Regex("^[0-9A-Za-z]{43}$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Expect(page.GetByText("none: nobody can push")).ToBeVisibleAsync();

        await LooksAsync(page, "match-rules", "/identities/rules");
        await page.SelectOptionAsync("select[name=kind-2]", "domain");
        await page.FillAsync("input[name=from-2]", "old.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rules" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A rule that changes the domain needs");
        await page.FillAsync("input[name=to-2]", "example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rules" }).ClickAsync();
        await Expect(page.Locator("select[name=kind-2]")).ToHaveValueAsync("domain");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        await page.GoAsync("/identities/directories/1");
        await page.FillAsync("#confirm", "Provider");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/identities/directories$"));
        await Expect(page.GetByText("There is no directory yet")).ToBeVisibleAsync();

        var auditor = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await auditor.GoAsync("/identities/rules");
        await Expect(auditor.GetByRole(AriaRole.Button, new() { Name = "Save the rules" })).ToHaveCountAsync(0);
        await Expect(auditor.Locator("select[name=kind-0]")).ToBeDisabledAsync();
        await auditor.GoAsync("/identities/directories");
        await Expect(auditor.Locator("#name")).ToHaveCountAsync(0);
        await auditor.GoAsync($"/org/{served.Connector!.Id}/accounts");
        await Expect(auditor.Locator("input[name=member]")).ToHaveCountAsync(0);
    }

    /// <summary>Ten thousand people and a file about them: fifty on a page, some of the file in sight and the rest counted.</summary>
    [Fact]
    public async Task Many_people_come_page_by_page()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var directory = ServedPeople.Must(await served.Get<ManageDirectories>().CreateAsync("People system", DirectoryKind.File, Tester, default));
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(static number => $"person{number}@example.com,Person {number:00000},Department {number % 40}\n"));
        var sent = ServedPeople.Must(await served.Get<UploadIdentities>().SendAsync(new(directory.Id, "people.csv", Encoding.UTF8.GetBytes("email,name,department\n" + lines)), Tester, default));
        ServedPeople.Must(await served.Get<UploadIdentities>().TakeAsync(sent.Id, isComplete: false, Tester, default));
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.AccessManager);

        await LooksAsync(page, "identities-many", "/identities");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
        await Expect(page.GetByText("1-50 of 10,000")).ToBeVisibleAsync();
        await page.GoAsync($"/identities/directories/{directory.Id}");
        await SendAsync(page, "email,name\nperson1@example.com,Person 1\n");
        await Expect(page.GetByText("9,999 of 10,000 people are not in this file")).ToBeVisibleAsync();
        await page.IsPresentableAsync("upload-cut-off");
    }

    [Fact]
    public async Task Leavers_are_removed_together()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        acme.AuthProvider = null;
        var owner = acme.Members.First(static one => one is { Role.Id: "owner", IsListed: true, IsPending: false });
        string[] scopes = ["org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "project:read"];
        ServedPeople.Must(await served.Get<ManageWriting>().SwitchOnAsync(served.Connector!.Id, acme.IssueToken(TokenKind.Personal, owner.User!.Id, scopes), Tester, default));
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.AccessManager);
        await page.GoAsync($"/org/{served.Connector.Id}/accounts");
        var plain = acme.Members.Where(static one => one is { Role.Id: "member", IsListed: true, IsPending: false }).Take(2).ToList();
        foreach (var member in plain)
        {
            await page.CheckAsync($"input[name=member][value='{member.Id}']");
        }

        await page.FillAsync("input[name=remove-reason]", "Left the company");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for their removal" }).ClickAsync();
        await Expect(page.GetByText("2 removals are asked for.")).ToBeVisibleAsync();
        await served.Get<Provisioner>().RunDueAsync(served.Connector.Id, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(acme.Members, one => plain.Any(member => member.Id == one.Id));
    }

    /// <summary>Pushes as an identity provider does.</summary>
    /// <returns>The id that SCIM knows it by.</returns>
    private static async Task<string> PushAsync(HttpClient provider, string kind, string body)
    {
        using var answer = await provider.PostAsync(new Uri(kind, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/scim+json"));
        return (string)JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["id"]!;
    }

    private static async Task SendAsync(IPage page, string text)
    {
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/identities/uploads/"));
    }

    private static async Task LooksAsync(IPage page, string name, string path)
    {
        await page.GoAsync(path);
        await page.IsPresentableAsync(name);
    }
}
