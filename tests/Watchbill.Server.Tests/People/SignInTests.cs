using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Server.Testing;
using static Watchbill.Server.Testing.ServedPeople;

namespace Watchbill.Server.Tests.People;

/// <summary>Getting in, staying in and getting out, over HTTP with real accounts and cookies.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Somebody_signs_in_goes_where_they_wanted_and_signs_out()
    {
        await using var served = await StartAsync();
        await served.JoinAsync("kim@example.com", "Kim Example", Role.Auditor);
        using var client = served.Client();

        using var signedIn = await client.SignInAsync("Kim@Example.com", page: "/sign-in?return=%2Fpeople%3Fq%3Dkim");

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.EndsWith("/people?q=kim", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(static text => text.StartsWith("watchbill_session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        var page = await Forms.FollowAsync(client, signedIn);
        Assert.Contains("Kim Example", page.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);

        using var signedOut = await Forms.PostToAsync(client, "/people", "/sign-out", new Dictionary<string, string>());
        Assert.Equal("/sign-in?ended=true", signedOut.Headers.Location!.OriginalString);
        Assert.Equal("\"cache\", \"storage\"", Assert.Single(signedOut.Headers.GetValues("Clear-Site-Data")));
        using var copied = served.Client();
        copied.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        using var after = await copied.GetAsync("/people");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Theory]
    [InlineData("https://watchbill.example.com", true)]
    [InlineData("https://tools.example.com:8443", false)]
    public async Task Over_https_no_other_host_sets_the_cookie_and_a_host_that_is_not_shared_stays_with_https(string address, bool forTheWholeHost)
    {
        await using var served = await ServedOrganization.StartAsync(configure: services => services.AddSingleton(Quick).AddSingleton(new PublicAddress(new Uri(address))));
        await served.JoinAsync("kim@example.com", "Kim", Role.Auditor);
        using var client = new HttpClient(new TlsEndingProxy()) { BaseAddress = served.Server.Listening };

        using var form = await client.GetAsync("/sign-in");
        using var signedIn = await client.SignInAsync("kim@example.com");

        var proof = form.Headers.GetValues("Set-Cookie").Single(static text => text.Contains("watchbill_form", StringComparison.Ordinal));
        Assert.StartsWith("__Host-watchbill_form=", proof, StringComparison.Ordinal);
        Assert.Contains("; secure", proof, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/;", proof, StringComparison.OrdinalIgnoreCase);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(static text => text.Contains("watchbill_session", StringComparison.Ordinal));
        Assert.StartsWith("__Host-watchbill_session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(forTheWholeHost, signedIn.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("//evil.example.com/")]
    [InlineData("/\\evil.example.com")]
    [InlineData("https://evil.example.com/")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_led_to_another_site(string address)
    {
        await using var served = await StartAsync();
        await served.JoinAsync("kim@example.com", "Kim", Role.Auditor);
        using var client = served.Client();

        using var signedIn = await client.SignInAsync("kim@example.com", page: $"/sign-in?return={Uri.EscapeDataString(address)}");

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.DoesNotContain("evil", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_sign_in_says_the_same_of_everybody_and_never_shows_the_password()
    {
        await using var served = await StartAsync();
        await served.JoinAsync("kim@example.com", "Kim", Role.Auditor);
        List<string> pages = [];
        foreach (var address in (string[])["kim@example.com", "nobody@example.com"])
        {
            using var client = served.Client();
            using var answer = await client.SignInAsync(address, "wrong wrong wrong");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(static text => text.StartsWith("watchbill_session", StringComparison.Ordinal)));
            var page = await Forms.ReadAsync(answer);
            Assert.Equal("sign-in-refused", page.QuerySelector("[data-code]")!.GetAttribute("data-code"));
            Assert.Equal(address, page.QuerySelector("#address")!.GetAttribute("value"));
            Assert.DoesNotContain("wrong wrong", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            pages.Add(page.QuerySelector("main")!.TextContent);
        }

        Assert.Single(pages.Distinct());
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_proof_is_refused()
    {
        await using var served = await StartAsync();
        await served.JoinAsync("kim@example.com", "Kim", Role.SuperAdministrator);
        using var client = served.Client();
        using var signedIn = await client.SignInAsync("kim@example.com");
        foreach (var (page, handler) in ((string, string)[])
            [("/sign-in", "sign-in"), ("/sign-out", ""), ("/account", "name"), ("/account", "password"), ("/account/tokens", "make"), ("/people/invite", "invite"), ("/device", "look")])
        {
            using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = handler, ["name"] = "Changed" });
            using var answer = await client.PostAsync(page, body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var still = await client.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task The_first_account_is_made_through_the_page_and_only_once()
    {
        await using var served = await StartAsync();
        var link = Must(await served.Get<SetupLink>().IssueAsync(Caller.System, default)).Address;
        Assert.Equal(served.Server.Listening.Port, link.Port);
        using var client = served.Client();
        var fields = new Dictionary<string, string> { ["name"] = "Robin <b>Root</b>", ["address"] = "root@example.com", ["password"] = "short" };

        using var refused = await Forms.PostAsync(client, link.PathAndQuery, "set-up", fields);
        var page = await Forms.ReadAsync(refused);
        Assert.Equal("password-too-short", page.QuerySelector("[data-code]")!.GetAttribute("data-code"));
        Assert.Equal("Robin <b>Root</b>", page.QuerySelector("#name")!.GetAttribute("value"));

        using var done = await Forms.PostAsync(client, link.PathAndQuery, "set-up", new Dictionary<string, string>(fields) { ["password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var account = await Forms.ReadAsync(await client.GetAsync("/account"));
        Assert.Contains("Super Administrator", account.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(account.QuerySelector("main b"));

        using var other = served.Client();
        var again = await Forms.ReadAsync(await other.GetAsync(link));
        Assert.Equal("link-not-good", again.QuerySelector("[data-code]")!.GetAttribute("data-code"));
    }

    [Fact]
    public async Task A_flood_of_attempts_is_turned_away()
    {
        await using var served = await StartAsync();
        using var client = served.Client();
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 70; number++)
        {
            using var body = new FormUrlEncodedContent([]);
            using var answer = await client.PostAsync("/sign-in", body);
            statuses.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        using var page = await client.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_program_shows_its_token_where_programs_ask_and_nowhere_else()
    {
        await using var served = await StartAsync();
        var kim = await served.JoinAsync("kim@example.com", "Kim", Role.Auditor);
        var caller = (await served.Get<Sessions>().FindAsync(kim.Token, null, default))!.Caller;
        var input = new Watchbill.People.Tokens.ApiTokenInput("script", [Right.ReadAccess], kim.Session.CreatedAt.AddDays(3));
        var token = Must(await served.Get<Watchbill.People.Tokens.ApiTokens>().CreateAsync(input, caller, default));

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(served, "/events/nothing-here", token.Text));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(served, "/events/connectors/1", token.Text + "x"));
        Assert.Equal(HttpStatusCode.Redirect, await AskAsync(served, "/account", token.Text));
    }

    private static async Task<HttpStatusCode> AskAsync(ServedOrganization served, string path, string token)
    {
        using var client = served.Client();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    private static Task<ServedOrganization> StartAsync() => ServedOrganization.StartAsync(configure: static services => services.AddSingleton(Quick));
}
