using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.SingleSignOn;
using Watchbill.Server.Testing;
using Watchbill.Testing;
using static Watchbill.Server.Testing.ServedPeople;

namespace Watchbill.Server.Tests.People;

/// <summary>Signing in by an identity provider, against a real one over HTTP.</summary>
public sealed class SingleSignOnTests
{
    private static readonly Staff Ada = new("1001", "ada@example.com") { Name = "Ada Example" };

    [Theory, EveryEngine]
    public async Task Somebody_new_gets_an_account_and_lands_where_they_wanted_to_go(TestEngine engine)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("OIDC_DEFAULT_ROLE", "Auditor")), engine);
        provider.Present = Ada;
        using var browser = Browser(served);

        using var page = await browser.GetAsync("/sign-in/provider?return=%2Fpeople%3Fq%3Dada");

        Assert.Equal("/people?q=ada", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var account = await AccountAsync(served, "ada@example.com");
        Assert.Equal(("Ada Example", AccountState.Active, false), (account.Name, account.State, account.HasPassword));
        Assert.Equal([Role.Auditor], account.Roles);
    }

    [Fact]
    public async Task The_same_person_comes_back_to_the_same_account_under_another_address()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        provider.Present = Ada;
        await EnterAsync(served);
        provider.Present = Ada with { Email = "ada.new@example.com" };

        await EnterAsync(served);

        Assert.Equal("ada@example.com", Assert.Single(await AccountsAsync(served)).Address);
    }

    [Theory, EveryEngine]
    public async Task Groups_decide_about_roles_at_each_sign_in(TestEngine engine)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("OIDC_GROUP_ROLES", "sentry admins=IntegrationAdministrator+AccessManager; cn=audit,dc=example=Auditor")), engine);
        provider.Present = Ada with { Groups = ["sentry admins", "cn=audit,dc=example", "others"] };
        await EnterAsync(served);
        Assert.Equal([Role.Auditor, Role.AccessManager, Role.IntegrationAdministrator], (await AccountAsync(served, "ada@example.com")).Roles);

        provider.Present = Ada with { Groups = ["others"] };
        await EnterAsync(served);

        Assert.Equal([Role.Member], (await AccountAsync(served, "ada@example.com")).Roles);
    }

    [Fact]
    public async Task Whoever_lost_every_group_loses_their_roles_and_sessions_where_none_is_given_by_default()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("OIDC_GROUP_ROLES", "audit=Auditor"), ("OIDC_DEFAULT_ROLE", "none")));
        provider.Present = Ada with { Groups = ["audit"] };
        using var before = await EnterAsync(served);
        provider.Present = Ada;

        using var after = Browser(served);
        Assert.Equal("provider-role-missing", await ProblemAsync(after));

        Assert.Equal([Role.Member], (await AccountAsync(served, "ada@example.com")).Roles);
        using var old = await before.GetAsync("/people");
        Assert.StartsWith("/sign-in", old.RequestMessage!.RequestUri!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_super_administrator_stays_one_whatever_the_groups_say()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("OIDC_GROUP_ROLES", "root=SuperAdministrator;audit=Auditor")));
        provider.Present = Ada with { Groups = ["root"] };
        await EnterAsync(served);
        provider.Present = Ada with { Groups = ["audit"] };
        await EnterAsync(served);
        Assert.Equal([Role.Auditor, Role.SuperAdministrator], (await AccountAsync(served, "ada@example.com")).Roles);

        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        await EnterAsync(served);

        Assert.Equal([Role.Auditor], (await AccountAsync(served, "ada@example.com")).Roles);
    }

    [Fact]
    public async Task An_invitation_is_accepted_by_signing_in()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("PASSWORDS", "off")));
        var invited = await served.InviteAsync("ada@example.com", name: null, Role.AccessManager);
        provider.Present = Ada;

        await EnterAsync(served);

        var account = await AccountAsync(served, "ada@example.com");
        Assert.Equal((invited.Account.Id, AccountState.Active, "Ada Example"), (account.Id, account.State, account.Name));
        Assert.Equal([Role.AccessManager], account.Roles);
        Assert.Equal("link-not-good", (await served.Get<Watchbill.People.Inviting.AcceptInvitation>().LookAsync(SecretOf(invited.Link.Address), default)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_gets_into_an_account_by_an_address_that_the_provider_did_not_verify()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        provider.Present = new Staff("666", "ada@example.com") { Verified = false };

        using var browser = Browser(served);

        Assert.Equal("provider-address-missing", await ProblemAsync(browser));
    }

    [Fact]
    public async Task Addresses_count_unverified_where_the_provider_is_trusted_with_them()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("OIDC_TRUST_ADDRESSES", "yes")));
        provider.Present = Ada with { Verified = false };

        await EnterAsync(served);

        Assert.Equal("ada@example.com", Assert.Single(await AccountsAsync(served)).Address);
    }

    [Fact]
    public async Task An_address_that_was_given_on_does_not_lead_into_its_former_owners_account_until_the_tie_is_ended()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        provider.Present = Ada;
        await EnterAsync(served);
        provider.Present = Ada with { Subject = "1002" };
        using var browser = Browser(served);
        Assert.Equal("provider-somebody-else", await ProblemAsync(browser));

        using var root = served.Client(Role.SuperAdministrator);
        using var ended = await Forms.PostAsync(root, $"/people/{(await AccountAsync(served, "ada@example.com")).Id}", "untie", new Dictionary<string, string>());

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        await EnterAsync(served);
    }

    [Fact]
    public async Task A_closed_account_stays_closed()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        provider.Present = Ada;
        await EnterAsync(served);
        var account = await AccountAsync(served, "ada@example.com");
        Must(await served.Get<ManageAccount>().CloseAsync(account.Id, account.Version, Operator, default));

        using var browser = Browser(served);

        Assert.Equal("provider-account-closed", await ProblemAsync(browser));
    }

    [Fact]
    public async Task Groups_that_were_not_listed_take_no_role_away()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("OIDC_GROUP_ROLES", "audit=Auditor")));
        provider.Present = Ada with { Groups = ["audit"] };
        await EnterAsync(served);
        provider.Present = Ada with { TooManyGroups = true };

        using var browser = Browser(served);

        Assert.Equal("provider-groups-missing", await ProblemAsync(browser));
        Assert.Equal([Role.Auditor], (await AccountAsync(served, "ada@example.com")).Roles);
    }

    [Fact]
    public async Task Going_back_a_wrong_secret_and_a_provider_that_is_gone_are_said()
    {
        var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        using var browser = Browser(served);
        Assert.Equal("provider-said-no", await ProblemAsync(browser));

        provider.Present = Ada;
        await using var wrong = await StartAsync(provider.Settings(("OIDC_CLIENT_SECRET", "another")));
        using var other = Browser(wrong);
        Assert.Equal("provider-not-reached", await ProblemAsync(other));

        var settings = provider.Settings();
        await provider.DisposeAsync();
        await using var alone = await StartAsync(settings);
        using var third = Browser(alone);
        Assert.Equal("provider-not-reached", await ProblemAsync(third));
    }

    [Fact]
    public async Task An_answer_of_the_provider_that_this_browser_did_not_ask_for_lets_nobody_in()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        provider.Present = Ada;
        using var attacker = served.Client();
        using var asked = await attacker.GetAsync("/sign-in/provider");
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answered = await outside.GetAsync(asked.Headers.Location);

        using var victim = Browser(served);
        using var page = await victim.GetAsync(answered.Headers.Location);

        Assert.Equal("/sign-in?problem=provider-not-reached", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Empty(await AccountsAsync(served));
    }

    [Fact]
    public async Task The_way_back_leads_to_no_other_site()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        provider.Present = Ada;
        using var browser = Browser(served);

        using var page = await browser.GetAsync("/sign-in/provider?return=" + Uri.EscapeDataString("//evil.example.org/"));

        Assert.Equal(served.Server.Listening.Authority, page.RequestMessage!.RequestUri!.Authority);
    }

    [Fact]
    public async Task Over_https_what_the_browser_keeps_on_the_way_is_sent_over_https_only()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(
            settings: provider.Settings(), configure: static services => services.AddSingleton(new PublicAddress(new Uri("https://watchbill.example.com"))));
        using var browser = new HttpClient(new TlsEndingProxy()) { BaseAddress = served.Server.Listening };

        using var led = await browser.GetAsync("/sign-in/provider");

        var cookies = led.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, static cookie =>
        {
            Assert.StartsWith("__Secure-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("cross-site", "/sign-in?return=%2Fmembers%2F1")]
    [InlineData("same-site", "/sign-in?return=%2Fmembers%2F1")]
    [InlineData("same-origin", null)]
    public async Task A_link_of_another_site_signs_nobody_in(string site, string? led)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        using var browser = served.Client();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        using var answer = await browser.GetAsync("/sign-in/provider?return=%2Fmembers%2F1");

        Assert.StartsWith(led ?? provider.Issuer.AbsoluteUri, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_must_prove_again_who_they_are_is_asked_by_the_provider_although_they_are_signed_in_there()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings(("PASSWORDS", "off"), ("OIDC_DEFAULT_ROLE", "SuperAdministrator")));
        provider.Present = Ada;
        using var browser = await EnterAsync(served);
        using var attentive = served.Client();

        using var asked = await attentive.GetAsync("/sign-in/provider?again=true");
        using var page = await browser.GetAsync("/people/invite");
        Assert.Equal("/confirm?return=%2Fpeople%2Finvite", page.RequestMessage!.RequestUri!.PathAndQuery);
        var confirm = (await Forms.ReadAsync(page)).QuerySelector("a.button")!.GetAttribute("href")!;
        using var back = await browser.GetAsync(confirm);

        Assert.Contains("prompt=login", asked.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains("max_age=0", asked.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal("/people/invite", back.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Single(Must(await served.Get<Sessions>().ListAsync((await AccountAsync(served, "ada@example.com")).Id, Operator, default)));
    }

    [Fact]
    public async Task Where_passwords_are_off_none_is_taken_set_or_asked_for()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await StartAsync(provider.Settings());
        await served.JoinAsync("ada@example.com", "Ada", Role.SuperAdministrator);
        await using var off = await StartAsync(provider.Settings(("PASSWORDS", "off")));
        var visitor = new Visitor("127.0.0.1", "Test");
        var invited = await off.InviteAsync("kim@example.com", "Kim", Role.Member);

        string?[] codes =
        [
            (await off.Get<Watchbill.People.SigningIn.SignIn>().RunAsync("ada@example.com", Password, visitor, default)).Refusal?.Code,
            (await off.Get<Watchbill.People.Inviting.AcceptInvitation>().RunAsync(new(SecretOf(invited.Link.Address), "Kim", Password), visitor, default)).Refusal?.Code,
            (await off.Get<PasswordReset>().IssueAsync(invited.Account.Id, Operator, default)).Refusal?.Code,
            (await off.Get<PasswordReset>().AskAsync("kim@example.com", visitor, default))?.Code,
            (await off.Get<SetupLink>().IssueAsync(Operator, default)).Refusal?.Code,
        ];

        Assert.All(codes, static code => Assert.Equal("passwords-off", code));
        using var browser = Browser(off);
        var page = await Forms.ReadAsync(await browser.GetAsync("/sign-in"));
        Assert.Null(page.QuerySelector("input[type=password]"));
        Assert.Contains("Sign in with Example Staff", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OIDC_ISSUER", "http://login.example.com", "OIDC_ISSUER")]
    [InlineData("OIDC_CLIENT_ID", "", "OIDC_CLIENT_ID")]
    [InlineData("OIDC_CLIENT_SECRET_FILE", "/nowhere", "exclude each other")]
    [InlineData("OIDC_GROUP_ROLES", "audit", "OIDC_GROUP_ROLES")]
    [InlineData("OIDC_GROUP_ROLES", "audit=King", "OIDC_GROUP_ROLES")]
    [InlineData("OIDC_DEFAULT_ROLE", "King", "OIDC_DEFAULT_ROLE")]
    [InlineData("OIDC_SCOPES", "email", "OIDC_SCOPES")]
    [InlineData("PASSWORDS", "maybe", "PASSWORDS")]
    public void A_wrong_setting_is_named_and_no_secret_with_it(string name, string value, string said)
    {
        Dictionary<string, string?> settings = new()
        {
            ["OIDC_ISSUER"] = "https://login.example.com",
            ["OIDC_CLIENT_ID"] = "watchbill",
            ["OIDC_CLIENT_SECRET"] = IdentityProvider.ClientSecret,
            [name] = value,
        };

        var problem = Assert.Throws<SingleSignOnSettingsException>(() => SingleSignOnSettings.Read(settings));

        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(IdentityProvider.ClientSecret, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_are_not_switched_off_where_nobody_could_sign_in_then() =>
        Assert.Contains("nobody could sign in", Assert.Throws<SingleSignOnSettingsException>(() => SingleSignOnSettings.Read(new Dictionary<string, string?> { ["PASSWORDS"] = "off" })).Message, StringComparison.Ordinal);

    private static Task<ServedOrganization> StartAsync(Dictionary<string, string?> settings, TestEngine engine = TestEngine.Sqlite) =>
        ServedOrganization.StartAsync(engine: engine, settings: settings, configure: static services => services.AddSingleton(Quick));

    /// <summary>Follows links between Watchbill and the provider, and keeps cookies.</summary>
    private static HttpClient Browser(ServedOrganization served) =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = served.Server.Listening };

    private static async Task<HttpClient> EnterAsync(ServedOrganization served)
    {
        var browser = Browser(served);
        using var page = await browser.GetAsync("/sign-in/provider?return=%2Faccount");
        Assert.Equal("/account", page.RequestMessage!.RequestUri!.PathAndQuery);
        return browser;
    }

    private static async Task<string?> ProblemAsync(HttpClient browser)
    {
        using var page = await browser.GetAsync("/sign-in/provider");
        return (await Forms.ReadAsync(page)).QuerySelector("[data-code]")?.GetAttribute("data-code");
    }

    private static async Task<IReadOnlyList<Account>> AccountsAsync(ServedOrganization served) =>
        Must(await served.Get<AccountQueries>().ListAsync(new AccountFilter(), Operator, default)).Items;

    private static async Task<Account> AccountAsync(ServedOrganization served, string address) =>
        (await AccountsAsync(served)).Single(account => account.Address == address);
}
