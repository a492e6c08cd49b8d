using System.Net;

namespace Watchbill.Sentry.Simulator.Tests.Pipeline;

public sealed class EmptyAnswerTests : Simulated
{
    [Fact]
    public async Task NoContent_IsSentWithoutAnErrorBehindIt()
    {
        var owner = AsOwner();
        var reply = await owner.Delete($"{O}members/{Fixtures.WithoutTeam!.Id}/");

        // The second request travels on the first one's connection, so the first is over when it is answered.
        await owner.Get(O + "members/me/");
        reply.Is(HttpStatusCode.NoContent, "");
        var logged = Assert.Single(Server.RequestLog.Entries, entry => entry.Method == "DELETE");
        Assert.Equal((204, null), (logged.Status, logged.Error));
    }
}
