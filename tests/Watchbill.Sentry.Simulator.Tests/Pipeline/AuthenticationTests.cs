using System.Net;
using System.Text;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Pipeline;

public sealed class AuthenticationTests : Simulated
{
    [Fact]
    public async Task Index_WithoutCredentials_AnswersNulls() =>
        (await With(null).Get("/api/0/")).Is(HttpStatusCode.OK, """{"version":"0","auth":null,"user":null}""");

    [Fact]
    public async Task Index_WithToken_TellsItsScopesAndUser()
    {
        var reply = await AsIntegration("team:write").Get("/api/0/");

        Assert.Equal(["team:read", "team:write"], Texts(reply["auth"].GetProperty("scopes")));
        Assert.Equal("Automation 5", reply["user"].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("Bearer", "Invalid token header. No credentials provided.")]
    [InlineData("Bearer one two", "Invalid token header. Token string should not contain spaces.")]
    [InlineData("Bearer sntrys_nothing", "Invalid org token")]
    [InlineData("bearer 0123456789abcdef", "Invalid token")]
    [InlineData("Basic bm9ib2R5Og==", "API key is not valid")]
    public async Task BadHeader_Answers401WithItsReason(string header, string reason) =>
        await Refused(header, reason);

    [Fact]
    public async Task NoCredentials_Answers401() => await Refused(null, "Authentication credentials were not provided.");

    [Fact]
    public async Task ApiKeyWithPassword_IsIgnored()
    {
        var key = Acme.IssueToken(TokenKind.ApiKey, null, "org:read");

        await Refused("Basic " + Base64($"{key}:secret"), "Authentication credentials were not provided.");
        Assert.Equal(HttpStatusCode.OK, (await Get("Basic " + Base64(key + ":"), O)).Status);
    }

    [Fact]
    public async Task DisabledApiKey_Answers401()
    {
        var key = Acme.IssueToken(TokenKind.ApiKey, null, "org:read");
        Server.World.Tokens.Single(token => token.Value == key).IsDisabled = true;

        await Refused("Basic " + Base64(key + ":"), "Key is disabled");
    }

    [Fact]
    public async Task ExpiredToken_Answers401_FromThatInstantOn()
    {
        var token = Server.World.IssuePersonalToken(Fixtures.Owner.User!, ScopeSet.Parse("org:read"));
        token.ExpiresAt = Clock.GetUtcNow().AddMinutes(1);
        Assert.Equal(HttpStatusCode.OK, (await Get("Bearer " + token.Value, O)).Status);

        Clock.Advance(TimeSpan.FromMinutes(1));

        await Refused("Bearer " + token.Value, "Token expired");
    }

    [Fact]
    public async Task DeactivatedUser_Answers401()
    {
        var token = Acme.IssueToken(TokenKind.Personal, Fixtures.Manager!.User!.Id, "org:read");
        Acme.SetActive(Fixtures.Manager, false);

        await Refused("Bearer " + token, "User inactive or deleted");
    }

    [Fact]
    public async Task DisabledApplication_Answers401()
    {
        var token = Acme.IssueToken(TokenKind.InternalIntegration, null, "org:read");
        Acme.SentryApps[^1].IsDisabled = true;

        await Refused("Bearer " + token, "UserApplication inactive or deleted");
    }

    [Fact]
    public async Task RevokedToken_Answers401()
    {
        var token = Acme.IssueToken(TokenKind.Personal, null, "org:read");
        Assert.True(Server.World.RevokeToken(token));

        await Refused("Bearer " + token, "Invalid token");
    }

    [Fact]
    public async Task PinnedToken_WorksForItsOrganizationAndTheListOnly()
    {
        var token = "Bearer " + Server.World.IssuePersonalToken(Fixtures.Owner.User!, ScopeSet.Parse("org:read"), Acme).Value;

        Assert.Equal(HttpStatusCode.OK, (await Get(token, O)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get(token, "/api/0/organizations/")).Status);
        (await Get(token, "/api/0/organizations/acme-eu/")).Is(HttpStatusCode.Unauthorized, """{"detail":"Unauthorized organization access."}""");
        (await Get(token, "/api/0/users/me/")).Is(HttpStatusCode.Unauthorized, """{"detail":"This token access is limited to organization endpoints."}""");
    }

    [Fact]
    public async Task OrganizationToken_HoldsOrgCiOnly_AndNamesItsOrganization()
    {
        var token = Acme.IssueToken(TokenKind.Organization, null, "org:admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await Get("Bearer " + token, O)).Status);
        var facts = JsonElement.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(token.Split('_')[1])));
        Assert.Equal("acme", facts.GetProperty("org").GetString());
    }

    [Fact]
    public async Task IntegrationToken_OfAnotherOrganization_Answers403()
    {
        var token = Server.World.Organization("acme-eu").IssueToken(TokenKind.InternalIntegration, null, "org:read");

        Assert.Equal(HttpStatusCode.Forbidden, (await Get("Bearer " + token, O)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Get("Bearer " + token, "/api/0/organizations/acme-eu/")).Status);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private async Task Refused(string? header, string reason)
    {
        var reply = await Get(header, O);
        reply.Is(HttpStatusCode.Unauthorized, $$"""{"detail":"{{reason}}"}""");
        Assert.Equal("xBasic realm=\"api\"", reply.Headers["WWW-Authenticate"]);
    }

    // The client's own header type would refuse to send the malformed ones.
    private async Task<Reply> Get(string? header, string path)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", header));
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.Of(response);
    }
}
