using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Server.Testing;
using static Watchbill.Server.Testing.ServedPeople;

namespace Watchbill.Server.Tests.People;

/// <summary>Whoever signed in a while ago proves again who they are, before they do what a borrowed screen must not.</summary>
public sealed class FreshProofTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_borrowed_screen_cannot_invite_give_roles_make_tokens_or_end_sessions()
    {
        await using var served = await StartAsync();
        var kim = (await served.JoinAsync("kim@example.com", "Kim", Role.Member)).Account;
        using var root = await SignedInAsync(served);
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/people/invite")).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal("/confirm?return=%2Fpeople%2Finvite", await LedToAsync(root.GetAsync("/people/invite")));
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync($"/people/{kim.Id}")).StatusCode);
        Assert.Equal($"/confirm?return=%2Fpeople%2F{kim.Id}", await LedToAsync(Forms.PostAsync(root, $"/people/{kim.Id}", "roles", new Dictionary<string, string> { ["version"] = $"{kim.Version}", ["role"] = "SuperAdministrator" })));
        Assert.Equal("/confirm?return=%2Faccount%2Ftokens", await LedToAsync(Forms.PostAsync(root, "/account/tokens", "make", new Dictionary<string, string> { ["name"] = "x", ["right"] = "ReadAccess", ["days"] = "30" })));
        Assert.Equal("/confirm?return=%2Faccount%2Fsessions", await LedToAsync(Forms.PostToAsync(root, "/account", "/account/sessions", new Dictionary<string, string> { ["_handler"] = "end-others" })));
        Assert.Equal([Role.Member], Must(await served.Get<AccountQueries>().FindAsync(kim.Id, Operator, default)).Roles);
    }

    [Fact]
    public async Task The_password_proves_it_for_a_quarter_of_an_hour_and_a_wrong_one_does_not()
    {
        await using var served = await StartAsync();
        using var root = await SignedInAsync(served);
        _clock.Advance(TimeSpan.FromMinutes(16));

        using var wrong = await Forms.PostAsync(root, "/confirm?return=%2Fpeople%2Finvite", "confirm", new Dictionary<string, string> { ["password"] = "wrong wrong wrong wrong" });
        Assert.Equal("password-wrong", (await Forms.ReadAsync(wrong)).QuerySelector("[data-code]")!.GetAttribute("data-code"));
        Assert.StartsWith("/confirm", await LedToAsync(root.GetAsync("/people/invite")), StringComparison.Ordinal);

        Assert.Equal("/people/invite", await LedToAsync(Forms.PostAsync(root, "/confirm?return=%2Fpeople%2Finvite", "confirm", new Dictionary<string, string> { ["password"] = Password })));
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/people/invite")).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith("/confirm", await LedToAsync(root.GetAsync("/people/invite")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_the_cookie_from_before_the_proof_is_worth_nothing()
    {
        await using var served = await StartAsync();
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        using var root = served.Client();
        using var entered = await root.SignInAsync("root@example.com");
        using var copied = served.Client();
        copied.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single(static text => text.StartsWith("watchbill_session", StringComparison.Ordinal)).Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await copied.GetAsync("/account")).StatusCode);

        await LedToAsync(Forms.PostAsync(root, "/confirm?return=%2Faccount", "confirm", new Dictionary<string, string> { ["password"] = Password }));

        Assert.Equal(HttpStatusCode.Redirect, (await copied.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task It_leads_to_no_other_site()
    {
        await using var served = await StartAsync();
        using var root = await SignedInAsync(served);

        Assert.Equal("/", await LedToAsync(Forms.PostAsync(root, "/confirm?return=%2F%2Fevil.example.org", "confirm", new Dictionary<string, string> { ["password"] = Password })));
    }

    [Fact]
    public async Task Whoever_has_nothing_to_prove_with_came_by_a_link_of_the_command_line()
    {
        await using var served = await StartAsync();
        var link = Must(await served.Get<SignInLink>().IssueAsync("Root", "root@example.com", Operator, default)).Address;
        using var root = served.Client();
        using var entered = await Forms.PostAsync(root, link.PathAndQuery, "sign-in-link", new Dictionary<string, string>());
        _clock.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/people/invite")).StatusCode);
    }

    private Task<ServedOrganization> StartAsync() =>
        ServedOrganization.StartAsync(configure: services => services.AddSingleton(Quick).AddSingleton<TimeProvider>(_clock));

    private static async Task<HttpClient> SignedInAsync(ServedOrganization served)
    {
        await served.JoinAsync("root@example.com", "Root", Role.SuperAdministrator);
        var client = served.Client();
        using var entered = await client.SignInAsync("root@example.com");
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        return client;
    }

    private static async Task<string> LedToAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Replace(answer.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Authority), "", StringComparison.Ordinal);
    }
}
