using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Watchbill.Audit;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.People;

/// <summary>Signing out at the identity provider, both ways, against a real one.</summary>
public sealed class SingleSignOutTests
{
    private static readonly Staff Ada = new("1001", "ada@example.com") { Session = "session-1" };

    [Theory, EveryEngine]
    public async Task A_session_that_ends_at_the_provider_ends_here_and_no_other(TestEngine engine)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(engine: engine, settings: provider.Settings());
        using var first = await EnterAsync(served, provider, Ada);
        using var second = await EnterAsync(served, provider, Ada with { Session = "session-2" });
        using var other = await EnterAsync(served, provider, new Staff("1002", "bo@example.com") { Session = "session-3" });

        Assert.Equal(HttpStatusCode.OK, await SendAsync(served, provider.LogoutToken(static token => Say(token, ("sid", "session-1")))));
        Assert.Equal((false, true, true), (await IsInAsync(first), await IsInAsync(second), await IsInAsync(other)));

        using var again = await EnterAsync(served, provider, Ada with { Session = "session-4" });
        Assert.Equal(HttpStatusCode.OK, await SendAsync(served, provider.LogoutToken(static token => Say(token, ("sub", "1001")))));
        Assert.Equal((false, false, true), (await IsInAsync(second), await IsInAsync(again), await IsInAsync(other)));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(served, provider.LogoutToken(static token => Say(token, ("sub", "nobody")))));
        Assert.True(await IsInAsync(other));
        var told = (await served.Get<AuditLog>().ListAsync(new AuditQuery(), default)).Where(static one => one.Action == "sessions-ended").Select(static one => one.Reason);
        Assert.Equal(["They were signed out at the identity provider.", "They were signed out at the identity provider."], told);
    }

    [Fact]
    public async Task What_is_no_logout_token_of_the_provider_ends_nothing()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(settings: provider.Settings());
        using var browser = await EnterAsync(served, provider, Ada);
        using var stranger = RSA.Create(2048);
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-11);
        (string Why, string Token)[] wrong =
        [
            ("nothing", ""),
            ("no token", "not.a.token"),
            ("another key", provider.LogoutToken(token => Say(token, ("sub", "1001")).SigningCredentials = new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = "of-this-provider" }, SecurityAlgorithms.RsaSha256))),
            ("no signature", provider.LogoutToken(static token => Say(token, ("sub", "1001")).SigningCredentials = null)),
            ("another issuer", provider.LogoutToken(static token => Say(token, ("sub", "1001")).Issuer = "https://other.example.com/")),
            ("another audience", provider.LogoutToken(static token => Say(token, ("sub", "1001")).Audience = "other")),
            ("nobody", provider.LogoutToken()),
            ("an id token", provider.LogoutToken(static token => Say(token, ("sub", "1001"), ("nonce", "n")))),
            ("another event", provider.LogoutToken(static token => Say(token, ("sub", "1001"), ("events", new Dictionary<string, object> { ["http://schemas.openid.net/event/other"] = new Dictionary<string, object>() })))),
            ("an old one", provider.LogoutToken(token => Say(token, ("sub", "1001")).IssuedAt = past)),
        ];

        foreach (var (why, token) in wrong)
        {
            Assert.True(await SendAsync(served, token) is HttpStatusCode.BadRequest, why);
        }

        Assert.True(await IsInAsync(browser));
    }

    [Fact]
    public async Task Signing_out_here_leads_to_the_providers_own_way_out()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(settings: provider.Settings());
        using var browser = await EnterAsync(served, provider, Ada);

        using var ended = await Forms.PostToAsync(browser, "/account", "/sign-out", new Dictionary<string, string>());
        Assert.Equal("/sign-in?ended=true", ended.Headers.Location?.OriginalString);
        Assert.Contains("/sign-in/provider/leave", await browser.GetStringAsync(ended.Headers.Location), StringComparison.Ordinal);
        using var left = await browser.GetAsync("/sign-in/provider/leave");

        var address = left.Headers.Location!.AbsoluteUri;
        Assert.StartsWith($"{provider.Issuer}connect/logout?client_id=watchbill&post_logout_redirect_uri=", address, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString($"{served.Server.Address.AbsoluteUri}sign-in"), address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_gone_signs_nobody_out_and_the_page_says_so()
    {
        var provider = await IdentityProvider.StartAsync();
        await using var served = await ServedOrganization.StartAsync(settings: provider.Settings());
        await provider.DisposeAsync();
        using var browser = served.Client();

        using var left = await browser.GetAsync("/sign-in/provider/leave");

        Assert.Equal("/sign-in?problem=provider-signs-nobody-out", left.Headers.Location?.OriginalString);
        Assert.Contains("sign out there yourself", await browser.GetStringAsync(left.Headers.Location), StringComparison.Ordinal);
    }

    private static SecurityTokenDescriptor Say(SecurityTokenDescriptor token, params (string Name, object Value)[] claims)
    {
        foreach (var (name, value) in claims)
        {
            token.Claims[name] = value;
        }

        return token;
    }

    private static async Task<HttpClient> EnterAsync(ServedOrganization served, IdentityProvider provider, Staff who)
    {
        provider.Present = who;
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = served.Server.Listening };
        using var page = await browser.GetAsync("/sign-in/provider?return=%2Faccount");
        Assert.Equal("/account", page.RequestMessage!.RequestUri!.PathAndQuery);
        return new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = served.Server.Listening };
    }

    private static async Task<bool> IsInAsync(HttpClient browser)
    {
        using var page = await browser.GetAsync("/account");
        return page.StatusCode is HttpStatusCode.OK;
    }

    private static async Task<HttpStatusCode> SendAsync(ServedOrganization served, string token)
    {
        using var provider = served.Client();
        using var answer = await provider.PostAsync("/sign-in/provider/ended", new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = token }));
        return answer.StatusCode;
    }
}
