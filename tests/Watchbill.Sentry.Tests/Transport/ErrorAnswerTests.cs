using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Transport;

public sealed class ErrorAnswerTests
{
    private const string Moved = """{"detail":{"code":"resource-moved","message":"Resource has been moved","extra":{"url":"/x/","slug":"new-name"}}}""";

    [Theory]
    [InlineData(401, """{"detail":"Authentication credentials were not provided."}""", SentryFailureKind.InvalidToken)]
    [InlineData(401, """{"detail":"Invalid token"}""", SentryFailureKind.InvalidToken)]
    [InlineData(401, """{"detail":"Token expired"}""", SentryFailureKind.TokenExpired)]
    [InlineData(401, """{"detail":"User inactive or deleted"}""", SentryFailureKind.UserInactive)]
    [InlineData(401, """{"detail":"UserApplication inactive or deleted"}""", SentryFailureKind.InvalidToken)]
    [InlineData(401, """{"detail":"Invalid org token"}""", SentryFailureKind.InvalidToken)]
    [InlineData(401, """{"detail":"Unauthorized organization access."}""", SentryFailureKind.OrganizationNotAllowedForToken)]
    [InlineData(401, """{"detail":"This token access is limited to organization endpoints."}""", SentryFailureKind.OrganizationNotAllowedForToken)]
    [InlineData(401, """{"detail":"Invalid token header. Token string should not contain spaces."}""", SentryFailureKind.InvalidToken)]
    [InlineData(401, """{"detail":"API key is not valid"}""", SentryFailureKind.InvalidToken)]
    [InlineData(401, "", SentryFailureKind.InvalidToken)]
    [InlineData(401, """{"detail":{"code":"sso-required","message":"Must login via SSO","extra":{"loginUrl":"/auth/login/acme/"}}}""", SentryFailureKind.SignInRequired)]
    [InlineData(401, """{"detail":{"code":"2fa-required","message":"Organization requires two-factor authentication to be enabled","extra":{}}}""", SentryFailureKind.SignInRequired)]
    [InlineData(401, """{"detail":{"code":"member-disabled-over-limit","message":"Organization over member limit","extra":{"next":"/x"}}}""", SentryFailureKind.SignInRequired)]
    [InlineData(403, """{"detail":{"code":"superuser-required","message":"You need to re-authenticate for superuser."}}""", SentryFailureKind.SignInRequired)]
    [InlineData(403, """{"detail":"You do not have permission to perform this action."}""", SentryFailureKind.Forbidden)]
    [InlineData(403, """{"detail":["You do not have permission to perform this action."]}""", SentryFailureKind.Forbidden)]
    [InlineData(403, "", SentryFailureKind.Forbidden)]
    [InlineData(404, """{"detail":"The requested resource does not exist"}""", SentryFailureKind.NotFound)]
    [InlineData(404, "", SentryFailureKind.NotFoundAtGateway)]
    [InlineData(404, "404 page not found", SentryFailureKind.NotSentry)]
    [InlineData(404, "<html><body>Not here</body></html>", SentryFailureKind.NotSentry)]
    [InlineData(302, Moved, SentryFailureKind.Moved)]
    [InlineData(302, "", SentryFailureKind.Redirected)]
    [InlineData(301, "<html>moved</html>", SentryFailureKind.Redirected)]
    [InlineData(400, """{"orgRole":["You do not have permission to set that org-level role"]}""", SentryFailureKind.Validation)]
    [InlineData(400, """["Not allowed"]""", SentryFailureKind.Validation)]
    [InlineData(409, """{"non_field_errors":["x"],"detail":"A team with this slug already exists."}""", SentryFailureKind.Validation)]
    [InlineData(429, "\"You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds\"", SentryFailureKind.RateLimited)]
    [InlineData(429, """{"detail":"You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 25"}""", SentryFailureKind.RateLimited)]
    [InlineData(429, "", SentryFailureKind.RateLimited)]
    [InlineData(418, "{}", SentryFailureKind.Refused)]
    [InlineData(500, """{"detail":"Internal Error","errorId":"0123456789abcdef0123456789abcdef"}""", SentryFailureKind.ServerError)]
    [InlineData(502, "<html>Bad Gateway</html>", SentryFailureKind.ServerError)]
    [InlineData(503, """{"error":"apigateway","detail":"Downstream service temporarily unavailable"}""", SentryFailureKind.ServerError)]
    [InlineData(401, "<html>Please sign in to the proxy</html>", SentryFailureKind.NotSentry)]
    public async Task EveryForm_HasItsKind(int status, string body, SentryFailureKind expected)
    {
        var failure = await FailureAsync(status, body);

        Assert.Equal(expected, failure.Kind);
        Assert.Equal((status, "GET", "/api/0/organizations/acme/members/1/"), ((int?)failure.Status, failure.Method, failure.Path));
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("""{"detail":"plain"}""", "plain")]
    [InlineData("""{"detail":{"code":"c","message":"inside"}}""", "inside")]
    [InlineData("""{"detail":["one","two"]}""", "one; two")]
    [InlineData("""["bare"]""", "bare")]
    [InlineData("\"text\"", "text")]
    [InlineData("""{"email":["taken"],"orgRole":["no"]}""", "email: taken; orgRole: no")]
    [InlineData("""{"actor":["A valid integer is required."]}""", "actor: A valid integer is required.")]
    [InlineData("""{"error":{"params":{"stats_period":{"message":"deep"}}}}""", "error: params: stats_period: message: deep")]
    [InlineData("""{"detail":"two\nlines\u0000"}""", "two lines ")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("", null)]
    public async Task Detail_IsReadFromEveryForm(string body, string? expected) => Assert.Equal(expected, (await FailureAsync(400, body)).Detail);

    [Fact]
    public async Task MissingScope_NamesTheScopesThatWouldDo()
    {
        var failure = await FailureAsync(
            403, """{"detail":"You do not have permission to perform this action."}""",
            ("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"org:admin org:write\""));

        Assert.Equal(SentryFailureKind.MissingScope, failure.Kind);
        Assert.Equal(["org:admin", "org:write"], failure.RequiredScopes);
        Assert.Contains("org:admin, org:write", failure.Message);
    }

    [Fact]
    public async Task Moved_TellsTheNewSlug() => Assert.Equal("new-name", (await FailureAsync(302, Moved)).NewSlug);

    [Fact]
    public async Task ServerError_TellsTheErrorId() =>
        Assert.Equal("0123456789abcdef0123456789abcdef", (await FailureAsync(500, """{"errorId":"0123456789abcdef0123456789abcdef"}""")).ErrorId);

    [Fact]
    public async Task Detail_OfAnySize_StaysShort() => Assert.True((await FailureAsync(400, $$"""{"detail":"{{new string('x', 40_000)}}"}""")).Message.Length < 600);

    [Fact]
    public async Task ErrorBody_LargerThanIsRead_StillGivesTheStatus() =>
        Assert.Equal(SentryFailureKind.ServerError, (await FailureAsync(500, new string('x', 200_000))).Kind);

    private static async Task<SentryException> FailureAsync(int status, string body, params (string, string)[] headers)
    {
        await using var scene = await Scene.StartAsync(Answer(status, body, headers));
        return await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.GetAsync("acme", "1"));
    }
}
