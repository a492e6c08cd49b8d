using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Watchbill.People;
using Watchbill.People.SecondFactors;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Server.Testing;
using Watchbill.Testing;
using static Watchbill.Server.Testing.ServedPeople;

namespace Watchbill.Console.Tests.People;

/// <summary>The pages about people in a real browser, with real accounts.</summary>
public sealed class PeoplePagesTests(BrowserFixture fixture)
{
    [Fact]
    public async Task The_first_account_is_made_and_signed_in_with_the_keyboard_alone()
    {
        await using var served = await StartAsync();
        var link = Must(await served.Get<SetupLink>().IssueAsync(Caller.System, default)).Address;
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);

        await page.GoAsync(link.PathAndQuery);
        await page.WaitForSelectorAsync("#name:focus");
        await page.Keyboard.TypeAsync("Robin Root");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("root@example.com");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/sources");
        await page.GoAsync("/account");
        await page.GetByText("Robin Root").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in?ended=true");
        await page.WaitForSelectorAsync("#address:focus");
        await page.Keyboard.TypeAsync("root@example.com");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sources");
    }

    [Fact]
    public async Task A_program_is_added_and_its_token_works()
    {
        await using var served = await StartAsync();
        var root = await served.JoinAsync("root@example.com", "Robin Root", Role.SuperAdministrator);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, root);
        await page.GoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a program" }).ClickAsync();
        await page.IsPresentableAsync("service-new");
        Assert.Equal(0, await page.Locator("#role-SuperAdministrator").CountAsync());
        await page.FillAsync("#name", "Nightly export");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await page.IsPresentableAsync("service-account");
        Assert.Equal(0, await page.GetByText("new password").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Make an API token" }).ClickAsync();
        await page.IsPresentableAsync("service-token");
        await page.FillAsync("#name", "Cron");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("right");
        await page.CheckAsync("#right-ReadAccess");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var token = await page.GetByLabel("The API token").InputValueAsync();

        using var client = new HttpClient { BaseAddress = served.Server.Listening };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync("api/v1/me");
        Assert.Contains("Cron", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await page.GoAsync("/people");
        await Microsoft.Playwright.Assertions.Expect(page.GetByText("program", new() { Exact = true })).ToBeVisibleAsync();
        await page.IsPresentableAsync("people-with-program");
    }

    [Fact]
    public async Task Every_page_before_signing_in_looks_right_in_every_window()
    {
        await using var served = await StartAsync();
        var setUp = Must(await served.Get<SetupLink>().IssueAsync(Caller.System, default)).Address.PathAndQuery;
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await CheckAsync(page, "/sign-in", "sign-in-empty");
        await CheckAsync(page, setUp, "set-up");

        var kim = (await served.JoinAsync("kim@example.com", "Kim Example", Role.Auditor)).Account;
        var invitation = (await served.InviteAsync("guest@example.com", "Gale Guest", Role.AccessManager, Role.ComplianceManager)).Link.Address.PathAndQuery;
        var reset = Must(await served.Get<PasswordReset>().IssueAsync(kim.Id, Operator, default)).Address.PathAndQuery;
        var signIn = Must(await served.Get<SignInLink>().IssueAsync("Kim", "kim@example.com", Operator, default)).Address.PathAndQuery;
        foreach (var (address, name) in ((string, string)[])
            [("/sign-in", "sign-in"), ("/forgot-password", "forgot"), (invitation, "invitation"), (reset, "new-password"), (signIn, "sign-in-link"), ("/set-up/gone", "link-not-good")])
        {
            await CheckAsync(page, address, name);
        }

        await page.GoAsync("/sign-in");
        await page.FillAsync("#address", "nobody@example.com");
        await page.FillAsync("#password", "wrong wrong wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-code]");
        await CheckAsync(page, address: null, "sign-in-refused");
    }

    /// <summary>In a real browser, which sends cookies and follows links between sites by its own rules.</summary>
    [Fact]
    public async Task Somebody_signs_in_by_the_identity_provider_with_the_keyboard()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(settings: provider.Settings(("OIDC_DEFAULT_ROLE", "SuperAdministrator")));
        await using var off = await ServedOrganization.StartAsync(settings: provider.Settings(("PASSWORDS", "off")));
        var invitation = (await served.InviteAsync("guest@example.com", "Gale Guest", Role.AccessManager)).Link.Address.PathAndQuery;
        await CheckAsync(await fixture.Browser.VisitAsync(served, Look.Desktop), "/sign-in", "sign-in-provider");
        await CheckAsync(await fixture.Browser.VisitAsync(served, Look.Desktop), "/sign-in?problem=provider-groups-missing", "sign-in-provider-refused");
        await CheckAsync(await fixture.Browser.VisitAsync(served, Look.Desktop), invitation, "invitation-provider");
        await CheckAsync(await fixture.Browser.VisitAsync(off, Look.Desktop), "/sign-in", "sign-in-provider-only");

        var kim = await served.JoinAsync("kim@example.com", "Kim Example", Role.Auditor);
        await CheckAsync(await fixture.Browser.VisitAsync(served, Look.Desktop, kim), "/confirm?return=/people", "confirm");

        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await page.GoAsync("/people");
        provider.Present = new Staff("1", "ada@example.com") { Name = "Ada Example" };
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example Staff" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada Example" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End the tie to the identity provider" }).WaitForAsync();
        await CheckAsync(page, address: null, "person-tied");
    }

    [Fact]
    public async Task A_second_factor_is_set_up_used_and_removed_and_looks_right_in_every_window()
    {
        await using var served = await StartAsync();
        await served.JoinAsync("root@example.com", "Robin Root", Role.SuperAdministrator);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await SignInAsync(page, "root@example.com");
        await CheckAsync(page, "/account/second-factor", "second-factor-none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up a second factor" }).ClickAsync();
        await page.GetByText("The app takes no pictures").ClickAsync();
        var secret = await page.Locator("#second-factor-secret").InputValueAsync();
        await page.FillAsync("#code", "000000");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-code=code-wrong]");
        Assert.Equal(secret, await page.Locator("#second-factor-secret").InputValueAsync());
        await CheckAsync(page, address: null, "second-factor-picture");
        await page.FillAsync("#code", AuthenticatorApp.CodeAt(secret, TimeProvider.System.GetUtcNow()));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#recovery-codes");
        await CheckAsync(page, address: null, "second-factor-codes");
        var codes = (await page.Locator("#recovery-codes").InnerTextAsync()).Split('\n');

        page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await page.GoAsync("/sign-in");
        await page.FillAsync("#address", "root@example.com");
        await page.FillAsync("#password", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#code:focus");
        await CheckAsync(page, address: null, "sign-in-code");
        await page.Keyboard.TypeAsync(codes[0]);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(static url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await CheckAsync(page, "/confirm", "confirm-with-code");
        await CheckAsync(page, "/people", "people-with-second-factor");
        await page.GoAsync("/account/second-factor");
        await page.GetByText("9 left").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the second factor" }).ClickAsync();
        await page.GetByText("Your password is enough again").WaitForAsync();
    }

    [Fact]
    public async Task A_second_factor_that_everybody_needs_is_set_up_on_the_way_in()
    {
        await using var served = await ServedOrganization.StartAsync(configure: static services => services.AddSingleton(Quick).AddSingleton(new SecondFactorOptions(IsRequired: true)));
        var invited = await served.InviteAsync("kim@example.com", "Kim Example", Role.Member);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await page.GoAsync(invited.Link.Address.PathAndQuery);
        await page.FillAsync("#password", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#code:focus");
        await CheckAsync(page, address: null, "sign-in-sets-up");
        var secret = await page.Locator("#second-factor-secret").InputValueAsync();
        await page.Keyboard.TypeAsync(AuthenticatorApp.CodeAt(secret, TimeProvider.System.GetUtcNow()));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#recovery-codes");
        await CheckAsync(page, address: null, "sign-in-recovery-codes");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await page.WaitForURLAsync(static url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_page_about_people_looks_right_in_every_window()
    {
        await using var served = await StartAsync();
        var root = await served.JoinAsync("root@example.com", "Robin Root", Role.SuperAdministrator);
        var kim = await served.JoinAsync("kim@example.com", "Kim Example", Role.Auditor, Role.AccessManager);
        var guest = (await served.InviteAsync("guest.with.a.long.address@subsidiary.example.com", null, Role.Member)).Account;
        var caller = (await served.Get<Sessions>().FindAsync(kim.Token, null, default))!.Caller;
        await served.Get<ApiTokens>().CreateAsync(new ApiTokenInput("nightly export", [Right.ReadAccess, Right.ReadAudit], kim.Session.CreatedAt.AddDays(90)), caller, default);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await SignInAsync(page, "root@example.com");
        foreach (var (address, name) in ((string, string)[])
            [("/people", "people"), ("/people?q=zzz", "people-none"), ("/people/invite", "invite"), ($"/people/{kim.Account.Id}", "person"), ($"/people/{guest.Id}", "person-invited"),
             ($"/people/{root.Account.Id}", "person-me"), ("/people/tokens", "people-tokens"), ("/people/mail", "people-mail"),
             ("/account", "account"), ("/account/sessions", "account-sessions"), ("/account/tokens", "account-tokens"), ("/device", "device")])
        {
            await CheckAsync(page, address, name);
        }

        await page.GoAsync("/account/tokens");
        await page.FillAsync("#name", "laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await page.WaitForSelectorAsync("#token-text");
        await CheckAsync(page, address: null, "account-token-made");

        await page.GoAsync("/people/invite");
        await page.FillAsync("#address", "new@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await page.WaitForSelectorAsync("#one-time-link");
        await CheckAsync(page, address: null, "invited");

        var started = Must(await served.Get<DeviceLogins>().StartAsync("laptop.example.com", new Visitor("192.0.2.7", null), default));
        await page.GoAsync("/device");
        await page.FillAsync("#code", started.UserCode);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("dl.facts");
        await CheckAsync(page, address: null, "device-waiting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it in for 90 days" }).ClickAsync();
        await page.WaitForSelectorAsync(".notice");
        await CheckAsync(page, address: null, "device-let-in");
    }

    private static async Task CheckAsync(IPage page, string? address, string name)
    {
        if (address is not null)
        {
            Assert.Equal(200, (await page.GoAsync(address))!.Status);
        }

        await page.IsPresentableAsync(name);
    }

    private static async Task SignInAsync(IPage page, string address)
    {
        await page.GoAsync("/sign-in");
        await page.FillAsync("#address", address);
        await page.FillAsync("#password", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(static url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static Task<ServedOrganization> StartAsync() => ServedOrganization.StartAsync(configure: static services => services.AddSingleton(Quick));
}
