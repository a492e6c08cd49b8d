using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Paging;

public sealed class ListingTests
{
    [Fact]
    public async Task List_FollowsTheCursorOnItsOwnHost_AndEndsAtResultsFalse()
    {
        await using var scene = await Scene.StartAsync(
        [
            Page("""[{"id":"1"},{"id":"2"}]""", "100:1:0"),
            Page("""[{"id":"3"}]""", null),
            Answer(500, "{}"),
        ]);

        var members = await scene.Client.Members.List("acme").ToListAsync();

        Assert.Equal(["1", "2", "3"], members.Select(member => member.Id));
        Assert.Equal(
            ["/api/0/organizations/acme/members/?per_page=100", "/api/0/organizations/acme/members/?per_page=100&cursor=100%3A1%3A0"],
            scene.Server.Requests.Select(request => request.Path + request.Query));
    }

    [Fact]
    public async Task List_WithoutLinkHeader_IsOnePage()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """[{"id":7,"slug":"a"}]"""));

        var projects = await scene.Client.Projects.ListAll("acme").ToListAsync();

        Assert.Equal("7", Assert.Single(projects).Id);
    }

    [Fact]
    public async Task List_ForeignLinkHeader_IsOnePage()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """[{"id":"1"}]""", ("Link", "</site.css>; rel=preload; as=style")));

        Assert.Single(await scene.Client.Teams.List("acme").ToListAsync());
    }

    [Fact]
    public async Task List_SameCursorAgain_IsAnErrorAndNeverEndless()
    {
        var number = 0;
        await using var scene = await Scene.StartAsync(context => Page($$"""[{"id":"{{++number}}"}]""", "100:1:0")(context));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.LoopingCursor, failure.Kind);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task List_CursorThatGivesPageOneForEver_IsAnError()
    {
        var number = 0;
        await using var scene = await Scene.StartAsync(context => Page("""[{"id":"1"},{"id":"2"}]""", $"0:{++number}:0")(context));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.LoopingCursor, failure.Kind);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task List_EmptyPagesForEver_EndsAtThePageLimit()
    {
        var number = 0;
        await using var scene = await Scene.StartAsync(context => Page("[]", $"100:{++number}:0")(context), options => options with { MaxPages = 5 });

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.LoopingCursor, failure.Kind);
    }

    [Theory]
    [InlineData("<https://x.example.org/>; rel=\"previous\"; results=\"false\"; cursor=\"100:-1:1\"")]
    [InlineData("<https://x.example.org/>; rel=\"next\"; results=\"true\"")]
    [InlineData("<https://x.example.org/>; rel=\"next\"; cursor=\"100:1:0\"")]
    public async Task List_LinkThatDoesNotSayHowToGoOn_IsAnError(string link)
    {
        await using var scene = await Scene.StartAsync(Answer(200, """[{"id":"1"}]""", ("Link", link)));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.BrokenPaging, failure.Kind);
    }

    /// <summary>More pages than requests may be under way at once: every request must give its place back.</summary>
    [Fact(Timeout = 60_000)]
    public async Task List_ManyPages_IsReadToTheEnd()
    {
        var number = 0;
        await using var scene = await Scene.StartAsync(context => Page($$"""[{"id":"{{++number}}"}]""", number < 40 ? $"100:{number}:0" : null)(context));

        Assert.Equal(40, (await scene.Client.Members.List("acme").ToListAsync(TestContext.Current.CancellationToken)).Count);
        Assert.Equal(40, scene.Client.Statistics.Requests);
    }

    [Fact]
    public async Task Pages_GivesSentrysOwnPages()
    {
        await using var scene = await Scene.StartAsync([Page("""[{"id":"1"},{"id":"2"}]""", "100:1:0"), Page("""[{"id":"3"}]""", null)]);

        List<int> sizes = [];
        await foreach (var page in scene.Client.Members.List("acme").Pages())
        {
            sizes.Add(page.Count);
        }

        Assert.Equal([2, 1], sizes);
    }

    [Fact]
    public async Task List_FailureOnALaterPage_NeverLooksComplete()
    {
        await using var scene = await Scene.StartAsync([Page("""[{"id":"1"}]""", "100:1:0"), Answer(403, """{"detail":"no"}""")]);

        await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());
    }

    [Fact]
    public async Task AuditLogs_AreReadFromTheRowsOfAnObject()
    {
        await using var scene = await Scene.StartAsync(
        [
            Page("""{"rows":[{"id":"1","targetUser":9,"targetObject":481,"actor":{"name":"SCIM"}}],"options":["member.add"]}""", "1:0:0"),
            Page("""{"rows":[{"id":"2","actor":{"id":"7","email":"ann@example.com"},"data":{"role":"owner"}}]}""", null),
        ]);

        var entries = await scene.Client.AuditLogs.List("acme").ToListAsync();

        Assert.Equal(("9", "481", null, "SCIM"), (entries[0].TargetUser!.Id, entries[0].TargetObject, entries[0].Actor!.Id, entries[0].Actor!.Name));
        Assert.Equal(("7", "owner"), (entries[1].Actor!.Id, entries[1].Data!.Value.GetProperty("role").GetString()));
    }
}
