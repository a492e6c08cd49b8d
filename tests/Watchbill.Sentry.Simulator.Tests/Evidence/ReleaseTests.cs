using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Tests.Evidence;

public sealed class ReleaseTests : Simulated
{
    private Caller Pipeline => AsOwner("project:releases", "project:read");

    private IReadOnlyList<Release> Open => [.. Acme.Evidence.Releases.Where(release => release.Status == Release.Open)];

    [Fact]
    public async Task List_ReadPageByPage_IsWhatTheWorldHoldsNewestFirst()
    {
        var rows = await Pipeline.ReadAll(O + "releases/", perPage: 7);

        Assert.Equal(Open.Select(release => release.Version), rows.Select(Version));
        Assert.Equal(rows.OrderByDescending(row => row.GetProperty("dateCreated").GetDateTimeOffset()).Select(Version), rows.Select(Version));
        Assert.True(rows.Count > 20);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("@")]
    [InlineData("+")]
    [InlineData(" ")]
    public async Task Read_VersionWithAwkwardCharacter_IsFoundPercentEncoded(string awkward)
    {
        var wanted = Acme.Evidence.Releases.First(release => release.Version.Contains(awkward, StringComparison.Ordinal));

        var reply = await Pipeline.Get($"{O}releases/{Uri.EscapeDataString(wanted.Version)}/");

        Assert.Equal(wanted.Version, Version(reply.Json));
        Assert.Equal(JsonValueKind.Number, reply["id"].ValueKind);
        Assert.Equal(JsonValueKind.Number, reply["projects"][0].GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task Read_EveryListedVersion_IsFound()
    {
        foreach (var release in Acme.Evidence.Releases)
        {
            Assert.Equal(HttpStatusCode.OK, (await Pipeline.Get($"{O}releases/{Uri.EscapeDataString(release.Version)}/")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Pipeline.Get(O + "releases/nothing@1.0.0+1/")).Status);
    }

    [Fact]
    public async Task List_Filters_Narrow()
    {
        var project = Open[0].Projects[0];
        var production = Open.Where(release => release.Deploys.Any(deploy => deploy.Environment == "production")).Select(release => release.Version);
        var archived = Acme.Evidence.Releases.Where(release => release.Status == Release.Archived).Select(release => release.Version);

        Assert.All(await Pipeline.ReadAll($"{O}releases/?project={project.Id}"), row => Assert.Contains(row.GetProperty("projects").EnumerateArray(), own => own.GetProperty("id").GetInt64() == project.Id));
        Assert.Equal(production, (await Pipeline.ReadAll(O + "releases/?environment=production")).Select(Version));
        Assert.Equal(archived, (await Pipeline.ReadAll(O + "releases/?status=archived")).Select(Version));
        Assert.All(await Pipeline.ReadAll(O + "releases/?query=release/"), row => Assert.Contains("release/", Version(row), StringComparison.Ordinal));
        Assert.Equal(
            (await Pipeline.ReadAll($"{O}releases/?project={project.Slug}")).Select(Version),
            (await Pipeline.ReadAll($"{P}{project.Slug}/releases/")).Select(Version));
    }

    [Fact]
    public async Task List_UnknownSortOrProject_IsRefused()
    {
        (await Pipeline.Get(O + "releases/?sort=mood")).Is(HttpStatusCode.BadRequest, """{"detail":"invalid sort"}""");
        Assert.Equal(HttpStatusCode.BadRequest, (await Pipeline.Get(O + "releases/?sort=crash_free_users")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Pipeline.Get(O + "releases/?sort=crash_free_users&flatten=1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Pipeline.Get(O + "releases/?project=1")).Status);
    }

    [Fact]
    public async Task Create_ThenAgain_Answers201Then208()
    {
        const string body = """{"version":"sky/1 + 2","projects":["404"],"ref":"main","commits":[{"id":"abc","message":"fix","author_email":"pat@example.org","author_name":"Pat"}]}""";

        var first = await Pipeline.Post(O + "releases/", body);
        var second = await Pipeline.Post(O + "releases/", body);
        var commits = await Pipeline.Get(O + "releases/sky%2F1%20%2B%202/commits/");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.AlreadyReported), (first.Status, second.Status));
        Assert.Equal("sky/1 + 2", Version((await Pipeline.Get(O + "releases/?per_page=1")).Json[0]));
        Assert.Equal("Pat", commits.Json[0].GetProperty("author").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"projects":["404"]}""", """{"version":["This field is required."]}""")]
    [InlineData("""{"version":"1"}""", """{"projects":["This field is required."]}""")]
    [InlineData("""{"version":"1","projects":["nowhere"]}""", """{"projects":["Invalid project ids or slugs"]}""")]
    [InlineData("""{"version":"1","projects":["404"],"status":"lost"}""", """{"status":["Invalid status lost"]}""")]
    public async Task Create_WrongBody_IsRefusedAndCreatesNothing(string body, string refusal)
    {
        (await Pipeline.Post(O + "releases/", body)).Is(HttpStatusCode.BadRequest, refusal);

        Assert.Equal(HttpStatusCode.NotFound, (await Pipeline.Get(O + "releases/1/")).Status);
    }

    [Fact]
    public async Task Change_OfGeneratedRelease_Lasts()
    {
        var path = $"{O}releases/{Uri.EscapeDataString(Open[3].Version)}/";

        await Pipeline.Put(path, """{"url":"https://ci.example.com/1","dateReleased":"2026-03-16T10:00:00+02:00","status":"archived"}""");
        var reply = await Pipeline.Get(path);

        Assert.Equal("2026-03-16T08:00:00Z", reply["dateReleased"].GetString());
        Assert.Equal("https://ci.example.com/1", reply["url"].GetString());
        Assert.Equal("archived", reply["status"].GetString());
    }

    [Fact]
    public async Task Delete_WithNewIssues_IsRefused()
    {
        var used = Open.First(release => release.NewIssues > 0);
        var unused = Open.First(release => release.NewIssues == 0);

        Assert.Equal(HttpStatusCode.BadRequest, (await Pipeline.Delete($"{O}releases/{Uri.EscapeDataString(used.Version)}/")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Pipeline.Delete($"{O}releases/{Uri.EscapeDataString(unused.Version)}/")).Status);
        Assert.DoesNotContain(Acme.Evidence.Releases, release => release.Version == unused.Version);
    }

    [Fact]
    public async Task Deploy_SameAgain_Answers208AndIsListedOnce()
    {
        var path = $"{O}releases/{Uri.EscapeDataString(Open[0].Version)}/deploys/";
        const string body = """{"environment":"production","name":"night run","dateFinished":"2026-03-17T01:00:00Z"}""";

        var first = await Pipeline.Post(path, body);
        var second = await Pipeline.Post(path, body);
        var listed = (await Pipeline.Get(path)).Json.EnumerateArray().Select(row => row.GetProperty("id").GetString());

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.AlreadyReported), (first.Status, second.Status));
        Assert.Single(listed, first["id"].GetString());
        (await Pipeline.Post(path, "{}")).Is(HttpStatusCode.BadRequest, """{"environment":["This field is required."]}""");
    }

    [Fact]
    public async Task OrganizationToken_ReadsReleases_ButNotIssues()
    {
        var token = With(Acme.IssueToken(TokenKind.Organization, null, "org:ci"));

        Assert.Equal(HttpStatusCode.OK, (await token.Get(O + "releases/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await token.Get(O + "repos/")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await token.Get(O + "issues/")).Status);
    }

    [Fact]
    public async Task ClosedMembership_HidesReleasesOfOtherTeams()
    {
        Acme.SetOpenMembership(false);
        var member = As(Fixtures.TeamAdmin!, "project:read");
        var own = Fixtures.TeamAdmin!.Memberships.SelectMany(link => Acme.Projects.Where(project => project.Teams.Contains(link.Team))).ToHashSet();
        var hidden = Open.First(release => !release.Projects.Any(own.Contains));

        var seen = await member.ReadAll(O + "releases/");

        Assert.Equal(Open.Where(release => release.Projects.Any(own.Contains)).Select(release => release.Version), seen.Select(Version));
        Assert.Equal(HttpStatusCode.NotFound, (await member.Get($"{O}releases/{Uri.EscapeDataString(hidden.Version)}/")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get($"{O}releases/?project={hidden.Projects[0].Id}")).Status);
    }

    [Fact]
    public async Task Repositories_DeletedOnes_AreListedOnlyWhenAskedFor()
    {
        var deleted = Assert.Single((await AsOwner().Get(O + "repos/?status=deleted")).Json.EnumerateArray());
        var commits = await AsOwner().ReadAll($"{O}repos/{Acme.Evidence.Repositories[0].Id}/commits/", perPage: 10);

        Assert.DoesNotContain((await AsOwner().Get(O + "repos/")).Json.EnumerateArray(), row => row.GetProperty("id").GetString() == deleted.GetProperty("id").GetString());
        Assert.NotEmpty(commits);
        Assert.All(commits, commit => Assert.Equal(Acme.Evidence.Repositories[0].Name, commit.GetProperty("repository").GetProperty("name").GetString()));
    }

    private static string Version(JsonElement row) => row.GetProperty("version").GetString()!;
}
