using Watchbill.Testing;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Transport;

/// <summary>The token goes to the configured origin and nowhere else.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task TheToken_IsSentAsBearerToTheConfiguredServer()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """{"version":"0"}"""));

        await scene.Client.Root.GetApiIndexAsync();

        Assert.Equal($"Bearer {Scene.Secret}", Assert.Single(scene.Server.Requests).Authorization);
    }

    [Fact]
    public async Task ARedirectToAnotherOrigin_IsNotFollowed()
    {
        await using var thief = await ScriptedServer.StartAsync(Answer(200, """{"version":"0"}"""));
        await using var scene = await Scene.StartAsync(Answer(302, "", ("Location", thief.Address.AbsoluteUri)));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());

        Assert.Equal(SentryFailureKind.Redirected, failure.Kind);
        Assert.Empty(thief.Requests);
    }

    [Fact]
    public async Task ALinkToAnotherOrigin_IsNotFollowed()
    {
        await using var thief = await ScriptedServer.StartAsync(Answer(200, "[]"));
        var link = $"<{thief.Address}?cursor=1:0:0>; rel=\"next\"; results=\"true\"; cursor=\"1:0:0\"";
        await using var scene = await Scene.StartAsync([Answer(200, """[{"id":"1"}]""", ("Link", link)), Page("""[{"id":"2"}]""", null)]);

        Assert.Equal(2, (await scene.Client.Members.List("acme").ToListAsync()).Count);
        Assert.Empty(thief.Requests);
    }

    [Fact]
    public async Task ARegionOnAnotherHost_IsNotUsed()
    {
        await using var scene = await Scene.StartAsync(context =>
            Answer(200, context.Request.Path.Value!.EndsWith("/members/") ? "[]" : """{"id":"1","links":{"regionUrl":"https://region.example.org"}}""")(context));

        var home = await scene.Client.ResolveRegionAsync("acme");
        await scene.Client.Members.List("acme").ToListAsync();

        Assert.Equal(scene.Server.Address, home.DataAddress);
        Assert.Contains("region.example.org", home.Warning);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task AServerThatEchoesTheToken_DoesNotGetItIntoErrorsOrLogs(int status)
    {
        var echo = $$"""{"detail":{"code":"{{Scene.Secret}}","message":"got Bearer {{Scene.Secret}}"},"errorId":"{{Scene.Secret}}"}""";
        await using var scene = await Scene.StartAsync(Answer(status, echo, ("Location", $"https://x.example.org/?t={Scene.Secret}")));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme", "email:ann@example.com").ToListAsync());

        var everything = $"{failure} {failure.Detail} {failure.Code} {failure.ErrorId} {string.Join(' ', scene.Exchanges)} {scene.Client.Statistics}";
        Assert.DoesNotContain(Scene.Secret, everything);
        Assert.DoesNotContain("ann@example.com", everything);
        Assert.Contains("[token]", failure.Detail);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData(" ")]
    public async Task ASlugThatWouldClimbOutOfThePath_IsRefused(string slug)
    {
        await using var scene = await Scene.StartAsync(Answer(200, "[]"));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => scene.Client.Members.GetAsync(slug, "1"));
        Assert.Empty(scene.Server.Requests);
    }

    [Fact]
    public async Task ASlugWithReservedCharacters_StaysOneSegment()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """{"id":"1"}"""));

        await scene.Client.Members.GetAsync("a/../b?c#d", "1");

        var shape = Assert.Single(scene.Exchanges).Path;
        Assert.Equal("/api/0/organizations/a%2F..%2Fb%3Fc%23d/members/1/", shape);
    }
}
