using Microsoft.AspNetCore.Http;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests;

public sealed class ScimTests
{
    [Fact]
    public async Task ListGroups_CountsThroughToTheTotal()
    {
        await using var scene = await Scene.StartAsync(Groups(250, 100));

        var groups = await scene.Client.Scim.ListGroups("acme").ToListAsync();

        Assert.Equal(250, groups.DistinctBy(group => group.Id).Count());
        Assert.Equal(["?startIndex=1&count=100", "?startIndex=101&count=100", "?startIndex=201&count=100"], scene.Server.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task ListGroups_ServerThatGivesFewerThanAsked_IsReadToTheEnd()
    {
        await using var scene = await Scene.StartAsync(Groups(25, 10));

        Assert.Equal(25, (await scene.Client.Scim.ListGroups("acme").ToListAsync()).Count);
    }

    [Fact]
    public async Task ListUsers_EndingBeforeTheTotal_IsAnError()
    {
        await using var scene = await Scene.StartAsync(
            [Answer(200, """{"totalResults":3,"Resources":[{"id":"1","userName":"ann@example.com"}]}"""), Answer(200, """{"totalResults":3,"Resources":[]}""")]);

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Scim.ListUsers("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.BrokenPaging, failure.Kind);
    }

    [Fact]
    public async Task ListUsers_ServerThatIgnoresTheStart_IsAnErrorAndNeverEndless()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """{"totalResults":300,"Resources":[{"id":"1"},{"id":"2"}]}"""));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Scim.ListUsers("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.LoopingCursor, failure.Kind);
    }

    [Fact]
    public async Task ListGroups_WithoutMembers_AsksToLeaveThemOut()
    {
        await using var scene = await Scene.StartAsync(Groups(1, 10));

        await scene.Client.Scim.ListGroups("acme", includeMembers: false).ToListAsync();

        Assert.Contains("excludedAttributes=members", Assert.Single(scene.Server.Requests).Query);
    }

    private static RequestDelegate Groups(int total, int most) => context =>
    {
        var start = int.Parse(context.Request.Query["startIndex"]!);
        var ids = Enumerable.Range(start, Math.Max(0, Math.Min(most, total - start + 1)));
        var rows = string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","displayName":"team-{{id}}","members":[{"value":"7","display":"ann@example.com"}]}"""));
        return Answer(200, $$"""{"totalResults":{{total}},"startIndex":{{start}},"itemsPerPage":{{most}},"Resources":[{{rows}}]}""")(context);
    };
}
