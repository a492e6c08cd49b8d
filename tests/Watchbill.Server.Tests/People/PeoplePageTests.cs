using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.People.Tokens;
using Watchbill.Server.Testing;
using Watchbill.Testing;
using static Watchbill.Server.Testing.ServedPeople;

namespace Watchbill.Server.Tests.People;

/// <summary>What administrators and everybody do on the pages about people, over HTTP.</summary>
public sealed class PeoplePageTests
{
    [Fact]
    public async Task An_administrator_invites_somebody_who_accepts()
    {
        await using var served = await StartAsync();
        using var root = await SignedInAsync(served, "root@example.com", Role.SuperAdministrator);

        using var invited = await Forms.PostAsync(root, "/people/invite", "invite", new Dictionary<string, string> { ["address"] = "new@example.com", ["role"] = "Auditor", ["role#2"] = "Member" });
        var link = (await Forms.ReadAsync(invited)).QuerySelector("#one-time-link")!.GetAttribute("value")!;

        using var guest = served.Client();
        using var accepted = await Forms.PostAsync(guest, new Uri(link).PathAndQuery, "accept", new Dictionary<string, string> { ["name"] = "New Person", ["password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        var list = await Forms.ReadAsync(await guest.GetAsync("/people?q=new"));
        Assert.Contains("Auditor, Member", list.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        using var forbidden = await guest.GetAsync("/people/invite");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task Of_two_who_edit_the_same_account_the_second_is_told()
    {
        await using var served = await StartAsync();
        var kim = (await served.JoinAsync("kim@example.com", "Kim", Role.Member)).Account;
        using var root = await SignedInAsync(served, "root@example.com", Role.SuperAdministrator);
        var page = $"/people/{kim.Id}";

        using var first = await Forms.PostAsync(root, page, "roles", new Dictionary<string, string> { ["version"] = kim.Version.ToString(), ["role"] = "Auditor" });
        using var second = await Forms.PostAsync(root, page, "roles", new Dictionary<string, string> { ["version"] = kim.Version.ToString(), ["role"] = "SuperAdministrator" });

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal("account-changed-meanwhile", (await Forms.ReadAsync(second)).QuerySelector("[data-code]")!.GetAttribute("data-code"));
        Assert.Equal([Role.Auditor], Must(await served.Get<AccountQueries>().FindAsync(kim.Id, Operator, default)).Roles);
    }

    [Fact]
    public async Task Closing_an_account_ends_its_browser_at_once()
    {
        await using var served = await StartAsync();
        using var kim = await SignedInAsync(served, "kim@example.com", Role.Auditor);
        using var root = await SignedInAsync(served, "root@example.com", Role.SuperAdministrator);
        var account = Must(await served.Get<AccountQueries>().ListAsync(new AccountFilter { Text = "kim@" }, Operator, default)).Items.Single();

        using var closed = await Forms.PostAsync(root, $"/people/{account.Id}", "close", new Dictionary<string, string> { ["version"] = account.Version.ToString() });

        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        using var after = await kim.GetAsync("/people");
        Assert.StartsWith("/sign-in", after.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_a_device_gets_its_own()
    {
        await using var served = await StartAsync();
        using var kim = await SignedInAsync(served, "kim@example.com", Role.Auditor);

        using var made = await Forms.PostAsync(kim, "/account/tokens", "make", new Dictionary<string, string> { ["name"] = "nightly", ["right"] = "ReadAccess", ["days"] = "30" });
        var text = (await Forms.ReadAsync(made)).QuerySelector("#token-text")!.GetAttribute("value")!;
        Assert.NotNull(await served.Get<ApiTokens>().FindAsync(text, null, default));
        Assert.DoesNotContain(text, await kim.GetStringAsync("/account/tokens"), StringComparison.Ordinal);

        var started = Must(await served.Get<DeviceLogins>().StartAsync("laptop", new Visitor("127.0.0.1", null), default));
        using var looked = await Forms.PostAsync(kim, "/device", "look", new Dictionary<string, string> { ["code"] = started.UserCode });
        Assert.Contains("laptop", (await Forms.ReadAsync(looked)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var approved = await Forms.PostAsync(kim, "/device", "decide", new Dictionary<string, string> { ["code"] = started.UserCode, ["decision"] = "approve", ["right"] = "ReadAccess" });
        Assert.Contains("is let in", (await Forms.ReadAsync(approved)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.True((await served.Get<DeviceLogins>().CollectAsync(started.DeviceCode, default)).Succeeded);
    }

    [Fact]
    public async Task Somebody_changes_their_password_and_ends_their_other_sessions()
    {
        await using var served = await StartAsync();
        using var here = await SignedInAsync(served, "kim@example.com", Role.Auditor);
        using var there = served.Client();
        using var other = await there.SignInAsync("kim@example.com");

        using var wrong = await Forms.PostAsync(here, "/account", "password", new Dictionary<string, string> { ["current"] = "wrong wrong wrong", ["new"] = "nine purple kites over water" });
        Assert.Equal("password-wrong", (await Forms.ReadAsync(wrong)).QuerySelector("[data-code]")!.GetAttribute("data-code"));
        using var changed = await Forms.PostAsync(here, "/account", "password", new Dictionary<string, string> { ["current"] = Password, ["new"] = "nine purple kites over water" });

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task With_a_mail_server_an_invitation_goes_out_by_itself()
    {
        await using var sink = new SmtpSink();
        var settings = new Dictionary<string, string?> { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = sink.Port.ToString(), ["SMTP_TLS"] = "none", ["SMTP_FROM"] = "watchbill@example.com" };
        await using var served = await ServedOrganization.StartAsync(settings: settings, configure: static services => services.AddSingleton(Quick));
        using var root = await SignedInAsync(served, "root@example.com", Role.SuperAdministrator);

        using var invited = await Forms.PostAsync(root, "/people/invite", "invite", new Dictionary<string, string> { ["address"] = "new@example.com", ["role"] = "Member" });
        Assert.Contains("mailed to new@example.com", (await Forms.ReadAsync(invited)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // The first mail is the invitation of the administrator herself.
        await sink.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await sink.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains(sink.Mails, static mail => mail.To.Single() == "new@example.com");
        Assert.Contains("new@example.com", await root.GetStringAsync("/people/mail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SMTP_HOST", "smtp://mail.example.com", "SMTP_HOST")]
    [InlineData("TRUSTED_PROXIES", "proxy.example.com", "TRUSTED_PROXIES")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string name, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<ServerSettingsException>(() => ServedOrganization.StartAsync(settings: new Dictionary<string, string?> { [name] = value }));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Only a named proxy says who asks; anybody else could say anything.</summary>
    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.9")]
    [InlineData(null, "127.0.0.1")]
    public async Task Where_somebody_comes_from_is_believed_of_trusted_proxies_only(string? proxies, string expected)
    {
        await using var served = await ServedOrganization.StartAsync(
            settings: new Dictionary<string, string?> { ["TRUSTED_PROXIES"] = proxies }, configure: static services => services.AddSingleton(Quick));
        await served.JoinAsync("kim@example.com", "Kim", Role.Member);
        using var client = served.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        using var answer = await client.SignInAsync("kim@example.com");

        var page = await Forms.ReadAsync(await client.GetAsync("/account/sessions"));
        Assert.Equal(expected, page.QuerySelectorAll("tr").Single(static row => row.TextContent.Contains("this one", StringComparison.Ordinal)).QuerySelector("td")!.TextContent);
    }

    /// <summary>Whatever is typed or put into the address is answered by a page.</summary>
    [Fact]
    public async Task Hostile_input_is_answered_by_a_page()
    {
        await using var served = await StartAsync();
        using var root = await SignedInAsync(served, "root@example.com", Role.SuperAdministrator);
        string[] texts = ["<script>alert(1)</script>", "' OR 1=1 --", "\0\u0001\u001b", new string('x', 20_000), "\uFFFF", "-1", "99999999999999999999", "NaN"];
        foreach (var text in texts)
        {
            var query = Uri.EscapeDataString(text.Length > 1000 ? text[..1000] : text);
            foreach (var page in (string[])[$"/people?q={query}&role={query}&state={query}&sort={query}&page={query}", $"/people/tokens?page={query}", $"/device?code={query}", $"/account?done={query}"])
            {
                using var shown = await root.GetAsync(page);
                Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
                Assert.DoesNotContain("<script>alert", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            foreach (var (page, handler) in ((string, string)[])[("/account", "name"), ("/account", "password"), ("/account/tokens", "make"), ("/people/invite", "invite"), ("/device", "look"), ("/device", "decide")])
            {
                var fields = new[] { "name", "version", "current", "new", "days", "right", "address", "role", "code", "decision" }.ToDictionary(static name => name, _ => text);
                using var answer = await Forms.PostAsync(root, page, handler, fields);
                Assert.True((int)answer.StatusCode < 500, $"{page} {handler} {text[..Math.Min(20, text.Length)]}: {answer.StatusCode}");
            }
        }

        foreach (var page in (string[])["/people/0", "/people/-5", "/people/99999999999999999999", "/set-up/x", "/invitation/%00", "/new-password/..%2f", $"/sign-in/link/{new string('x', 3000)}"])
        {
            using var guest = page.StartsWith("/people", StringComparison.Ordinal) ? null : served.Client();
            using var answer = await (guest ?? root).GetAsync(page);
            Assert.True((int)answer.StatusCode < 500, $"{page}: {answer.StatusCode}");
        }
    }

    private static async Task<HttpClient> SignedInAsync(ServedOrganization served, string address, params Role[] roles)
    {
        await served.JoinAsync(address, address.Split('@')[0], roles);
        var client = served.Client();
        using var answer = await client.SignInAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private static Task<ServedOrganization> StartAsync() => ServedOrganization.StartAsync(configure: static services => services.AddSingleton(Quick));
}
