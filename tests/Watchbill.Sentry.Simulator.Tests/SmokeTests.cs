namespace Watchbill.Sentry.Simulator.Tests;

public sealed class SmokeTests : Simulated
{
    [Theory]
    [InlineData("/api/0/")]
    [InlineData("/api/0/organizations/")]
    [InlineData("/api/0/users/me/regions/")]
    [InlineData(O)]
    [InlineData(O + "?detailed=0&include_feature_flags=1")]
    [InlineData(O + "members/")]
    [InlineData(O + "members/me/")]
    [InlineData(O + "teams/")]
    [InlineData(O + "teams/?detailed=0")]
    [InlineData(O + "user-teams/")]
    [InlineData(O + "users/")]
    [InlineData(O + "projects/")]
    [InlineData(O + "projects/?all_projects=1")]
    [InlineData(O + "project-keys/")]
    [InlineData(O + "auth-provider/")]
    [InlineData(O + "org-auth-tokens/")]
    [InlineData(O + "api-keys/")]
    [InlineData(O + "integrations/")]
    [InlineData(O + "sentry-apps/")]
    [InlineData(O + "sentry-app-installations/")]
    [InlineData(O + "audit-logs/")]
    [InlineData(O + "access-requests/")]
    [InlineData(O + "scim/v2/Users")]
    [InlineData(O + "scim/v2/Groups?count=3")]
    [InlineData(T + "2024/")]
    [InlineData(T + "2024/members/")]
    [InlineData(T + "2024/projects/")]
    [InlineData(P + "404/")]
    [InlineData(P + "404/teams/")]
    [InlineData(P + "404/members/")]
    [InlineData(P + "404/keys/")]
    [InlineData("/_simulator/truth")]
    public async Task Read_ByOwner_AnswersJson(string path)
    {
        var reply = await AsOwner().Get(path);

        Assert.Equal(System.Net.HttpStatusCode.OK, reply.Status);
        Assert.NotEqual(default, reply.Json.ValueKind);
    }
}
