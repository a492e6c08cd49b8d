using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Control;

public sealed class ControlPlaneTests : Simulated
{
    private Caller Outside => With(null);

    [Fact]
    public async Task Truth_IsTheWholeGraph_WithoutSecrets()
    {
        var token = Acme.IssueToken(TokenKind.InternalIntegration, null, "org:read");

        var reply = await Outside.Get("/_simulator/truth");

        Assert.Equal(Acme.Members.Count, reply["organizations"][0].GetProperty("members").GetArrayLength());
        Assert.DoesNotContain(token, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_ChangeTheWorld_AndTellWhatTheyMade()
    {
        var issued = await Outside.Post("/_simulator/operations", """{"name":"issueToken","kind":"Personal","scopes":["org:read"]}""");
        Assert.Equal(HttpStatusCode.OK, (await With(issued["token"].GetString()).Get(O)).Status);

        await Outside.Post("/_simulator/operations", """{"name":"joinTeam","member":"nils.sandmore@example.com","team":"2024"}""");
        Assert.NotNull(Fixtures.WithoutTeam!.On(Fixtures.NumericTeam!));

        Assert.Equal(HttpStatusCode.BadRequest, (await Outside.Post("/_simulator/operations", """{"name":"fly"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Outside.Post("/_simulator/operations", """{"name":"joinTeam","member":"nobody@example.com"}""")).Status);
    }

    [Fact]
    public async Task FaultsAndLimits_CanBeSetFromOutside_AndResetUndoesAll()
    {
        await Outside.Put("/_simulator/faults", """[{"action":"GatewayUnavailable","path":"*/teams/","every":1}]""");
        await Outside.Put("/_simulator/limits", """{"limit":7}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AsOwner().Get(O + "teams/")).Status);
        Assert.Equal("7", (await AsOwner().Get(O)).Headers["X-Sentry-Rate-Limit-Limit"]);
        Acme.RemoveMember(Fixtures.TeamAdmin!);

        Assert.Equal(HttpStatusCode.NoContent, (await Outside.Post("/_simulator/reset")).Status);

        Assert.NotNull(Acme.Member("mira.tolven@example.com"));
        Assert.Equal(HttpStatusCode.OK, (await AsOwner().Get(O + "teams/")).Status);
        Assert.Null(Server.RateLimit);
    }

    [Fact]
    public async Task Requests_AreCountedByRoute_WithoutControlRequests()
    {
        await AsOwner().Get(T + "2024/members/");
        await AsOwner().Get(T + "archive-crew/members/");
        await AsOwner().Get("/api/0/nowhere/");

        var reply = await Outside.Get("/_simulator/requests");

        Assert.Equal(3, reply["total"].GetInt32());
        Assert.Equal(2, reply["byRoute"].GetProperty("GET /api/0/teams/{organization}/{team}/members/").GetInt32());
        Assert.Equal(404, Server.RequestLog.Entries[^1].Status);
    }

    [Theory]
    [InlineData("/_simulator/faults", "{")]
    [InlineData("/_simulator/limits", "[]")]
    public async Task BadBody_Answers400(string path, string body) => Assert.Equal(HttpStatusCode.BadRequest, (await Outside.Put(path, body)).Status);
}
