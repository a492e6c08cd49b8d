using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class TeamAndProjectTests : Simulated
{
    [Fact]
    public async Task CreateTeam_PutsTheCreatorOnIt_AndTakenSlugAnswers409()
    {
        var created = await AsOwner().Post(O + "teams/", """{"name":"Night Watch"}""");

        Assert.Equal("night-watch", created["slug"].GetString());
        Assert.True(created["isMember"].GetBoolean());
        (await AsOwner().Post(O + "teams/", """{"slug":"night-watch"}""")).Is(
            HttpStatusCode.Conflict,
            """{"non_field_errors":["A team with this slug already exists."],"detail":"A team with this slug already exists."}""");
        Assert.False((await AsIntegration("team:write").Post(O + "teams/", """{"slug":"bots"}"""))["memberCount"].GetInt32() > 0);
    }

    [Fact]
    public async Task Teams_DescribeTheCaller_AndCountEverybody()
    {
        var integration = await Team(AsIntegration("org:read"), "idp-engineering");
        var key = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Acme.IssueToken(TokenKind.ApiKey, null, "org:read") + ":"));
        var apiKey = await Team(Track(new Caller(Server.BaseAddress, key, "Basic")), "idp-engineering");

        Assert.True(integration.GetProperty("isMember").GetBoolean());
        Assert.Equal(2, integration.GetProperty("memberCount").GetInt32());
        Assert.Equal(0, apiKey.GetProperty("memberCount").GetInt32());
    }

    [Fact]
    public async Task TeamMembers_HoldInvitations_ButNoDeactivated()
    {
        var pending = Assert.Single((await AsOwner().Get(T + "2024/members/")).Json.EnumerateArray());
        var idp = Assert.Single((await AsOwner().Get(T + "idp-engineering/members/")).Json.EnumerateArray());

        Assert.Equal(JsonValueKind.Null, pending.GetProperty("user").ValueKind);
        Assert.Equal($"{Fixtures.IdpProvisioned!.Id}", idp.GetProperty("id").GetString());
        Assert.Equal(("idp-engineering", null), (idp.GetProperty("teamSlug").GetString(), idp.GetProperty("teamRole").GetString()));
    }

    [Fact]
    public async Task NumericSlug_IsFoundAsSlug_WhenNoSuchIdExists()
    {
        Assert.Equal($"{Fixtures.NumericTeam!.Id}", (await AsOwner().Get(T + "2024/"))["id"].GetString());
        Assert.Equal("2024", (await AsOwner().Get($"{T}{Fixtures.NumericTeam.Id}/"))["slug"].GetString());
    }

    [Fact]
    public async Task DeleteTeam_LeavesItsProjectsAsOrphans()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await AsOwner().Delete(T + "2024/")).Status);

        Assert.Empty(Fixtures.Renamed!.Teams);
        Assert.Empty(Fixtures.PendingWithTeam!.Memberships);
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get(T + "2024/")).Status);
    }

    [Theory]
    [InlineData("slug:404", 1)]
    [InlineData("team:2024", 1)]
    [InlineData("team:2024 slug:404", 0)]
    [InlineData("unknown:1", 0)]
    public async Task ProjectQuery_FindsWhatItNames(string query, int expected) =>
        Assert.Equal(expected, (await AsOwner().ReadAll(O + "projects/?query=" + Uri.EscapeDataString(query))).Count);

    [Fact]
    public async Task ProjectQuery_NotTeam_LeavesItOut() =>
        Assert.Equal(Acme.Projects.Count - 1, (await AsOwner().ReadAll(O + "projects/?query=!team:2024")).Count);

    [Fact]
    public async Task ProjectQuery_TextAsId_AnswersItsOddNesting() => (await AsOwner().Get(O + "projects/?query=id:x")).Is(
        HttpStatusCode.BadRequest, """{"error":{"params":{"stats_period":{"message":"All 'id' values must be integers."}}}}""");

    [Fact]
    public async Task ProjectList_ShowsProjectsOutOfReach_WithoutAccess()
    {
        Acme.SetOpenMembership(false);

        var rows = await As(Fixtures.WithoutTeam!, "org:read").ReadAll(O + "projects/");

        Assert.Equal(Acme.Projects.Count, rows.Count);
        Assert.DoesNotContain(rows, row => row.GetProperty("hasAccess").GetBoolean());
        var orphan = rows.Single(row => row.GetProperty("slug").GetString() == "forgotten-importer");
        Assert.Equal((JsonValueKind.Null, 0), (orphan.GetProperty("team").ValueKind, orphan.GetProperty("teams").GetArrayLength()));
    }

    [Fact]
    public async Task ProjectTeam_AddedTwice_Answers201TwiceWithTwoAuditRows()
    {
        Assert.Equal(HttpStatusCode.Created, (await AsOwner().Post(P + "404/teams/2024/")).Status);
        var again = await AsOwner().Post(P + "404/teams/2024/");

        Assert.Equal(["idp-engineering", "2024"], again["teams"].EnumerateArray().Select(team => team.GetProperty("slug").GetString()));
        Assert.Equal(2, Acme.Audit.Live.Count(row => row.Event == "project-team.add"));
    }

    [Fact]
    public async Task ProjectTeam_Refusals()
    {
        (await AsOwner().Post(P + "404/teams/nowhere/")).Is(HttpStatusCode.NotFound, """{"detail":"Team does not exist."}""");
        (await AsOwner().Delete(P + "404/teams/nowhere/")).Is(HttpStatusCode.NotFound, """{"detail":"Team does not exist."}""");

        Acme.SetOpenMembership(false);
        var own = Fixtures.TeamAdmin!.Memberships[0].Team;
        Acme.AddProjectTeam(Fixtures.Renamed!, own);
        (await As(Fixtures.TeamAdmin, "project:write").Delete(P + "ledger-exports/teams/2024/"))
            .Is(HttpStatusCode.Forbidden, """{"detail":["You do not have permission to perform this action."]}""");
        Assert.Equal(HttpStatusCode.OK, (await As(Fixtures.TeamAdmin, "project:write").Delete($"{P}ledger-exports/teams/{own.Slug}/")).Status);
    }

    [Fact]
    public async Task ProjectTeam_NotOnTheProject_StillAnswers200() =>
        Assert.Equal(HttpStatusCode.OK, (await AsOwner().Delete(P + "404/teams/2024/")).Status);

    [Fact]
    public async Task Project_ChangedByReader_AllowsTheBookmarkOnly()
    {
        var reader = As(Fixtures.WithoutTeam!, "project:read");

        Assert.Equal(HttpStatusCode.OK, (await reader.Put(P + "404/", """{"isBookmarked":true}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.Put(P + "404/", """{"name":"x"}""")).Status);
        Assert.Equal("404", (await AsOwner().Get(O + "projects/?per_page=1")).Json[0].GetProperty("slug").GetString());
    }

    [Fact]
    public async Task Project_Renamed_RedirectsFromTheOldSlug()
    {
        Assert.Equal(HttpStatusCode.OK, (await AsOwner().Put(P + "404/", """{"slug":"not-found","verifySSL":false}""")).Status);

        Assert.Equal(HttpStatusCode.Found, (await AsOwner().Get(P + "404/")).Status);
        Assert.False((await AsOwner().Get(P + "not-found/"))["verifySSL"].GetBoolean());
    }

    [Fact]
    public async Task Project_Deleted_IsGone()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await AsOwner().Delete(P + "ledger-exports/")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get(P + "ledger-exports/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Get($"{P}{Fixtures.FormerSlug}/")).Status);
        Assert.Equal("project.remove", Acme.Audit.Live[^1].Event);
    }

    [Theory]
    [InlineData("?status=active", HttpStatusCode.OK)]
    [InlineData("?status=maybe", HttpStatusCode.BadRequest)]
    [InlineData("?team=nowhere", HttpStatusCode.NotFound)]
    public async Task ProjectKeys_Filters(string query, HttpStatusCode expected) => Assert.Equal(expected, (await AsOwner().Get(O + "project-keys/" + query)).Status);

    private static async Task<JsonElement> Team(Caller caller, string slug) =>
        (await caller.Get($"{O}teams/?detailed=0&query=slug:{slug}")).Json[0];
}
