using System.Net;
using System.Text.Json;

namespace Watchbill.Sentry.Simulator.Tests.Evidence;

/// <summary>The configuration around the evidence: environments, monitors, alerts, outlets, policies, usage.</summary>
public sealed class SurroundingsTests : Simulated
{
    [Fact]
    public async Task Environments_Visibility_SelectsHiddenOnes()
    {
        await AsOwner().Put(P + "404/environments/production/", """{"isHidden":true}""");

        Assert.DoesNotContain("production", await Names(P + "404/environments/"));
        Assert.Contains("production", await Names(P + "404/environments/?visibility=hidden"));
        Assert.Contains("production", await Names(P + "404/environments/?visibility=all"));
        Assert.Contains("production", await Names(O + "environments/"));
        (await AsOwner().Get(O + "environments/?visibility=x")).Is(
            HttpStatusCode.BadRequest, """{"detail":"Invalid value for 'visibility', valid values are: ['all', 'hidden', 'visible']"}""");
    }

    [Fact]
    public async Task Monitors_CheckIns_ArePagedNewestFirst()
    {
        var monitor = (await AsOwner().Get(O + "monitors/")).Json[0].GetProperty("slug").GetString();
        var runs = await AsOwner().ReadAll($"{O}monitors/{monitor}/checkins/", perPage: 20);
        var times = runs.Select(run => run.GetProperty("dateCreated").GetDateTimeOffset()).ToList();

        Assert.True(runs.Count >= 30);
        Assert.Equal(times.OrderDescending(), times);
        Assert.All(runs, run => Assert.Equal(run.GetProperty("status").GetString() == "missed", run.GetProperty("duration").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task Detectors_Filters_Narrow()
    {
        var all = await AsOwner().ReadAll(O + "detectors/", perPage: 9);
        var crons = await AsOwner().ReadAll(O + "detectors/?query=type:monitor_check_in_failure");

        Assert.Equal(all.Where(row => row.GetProperty("type").GetString() != "error").Select(row => row.GetProperty("id").GetString()), crons.Select(row => row.GetProperty("id").GetString()));
        Assert.NotEmpty(crons);
        Assert.Equal($"{all.Count}", (await AsOwner().Get(O + "detectors/")).Headers["X-Hits"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await AsOwner().Get(O + "detectors/?sortBy=mood")).Status);
    }

    [Fact]
    public async Task Workflows_NameTheDetectorsOfTheTeam()
    {
        var team = Acme.Projects.First(project => project.Teams.Count > 0).Teams[0];
        var workflows = await AsOwner().ReadAll(O + "workflows/");
        var own = workflows.Single(row => row.GetProperty("owner").GetString() == $"team:{team.Id}");

        Assert.Equal(Acme.Teams.Count, workflows.Count);
        Assert.Equal(
            Acme.Projects.Count(project => project.Teams.Contains(team) && project.HasFirstEvent), own.GetProperty("detectorIds").GetArrayLength());
    }

    [Fact]
    public async Task Outlets_AnswerTheirSecretsInPlainText()
    {
        var forwarders = await AsOwner().Get(O + "forwarding/");

        Assert.Equal(40, forwarders.Json[0].GetProperty("config").GetProperty("secret_key").GetString()!.Length);
        Assert.Equal(2, forwarders.Json[1].GetProperty("enrolledProjects").GetArrayLength());
    }

    [Fact]
    public async Task Policies_Changes_Last()
    {
        await AsOwner().Put(P + "404/ownership/", """{"raw":"path:src/* #2024"}""");
        await AsOwner().Put(P + "404/filters/legacy-browsers/", """{"subfilters":["ie"]}""");
        var filters = (await AsOwner().Get(P + "404/filters/")).Json.EnumerateArray();

        Assert.Equal("path:src/* #2024", (await AsOwner().Get(P + "404/ownership/"))["raw"].GetString());
        Assert.NotEqual(0, filters.Single(row => row.GetProperty("id").GetString() == "legacy-browsers").GetProperty("active").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await AsOwner().Put(P + "404/filters/nothing/", """{"active":true}""")).Status);
    }

    [Fact]
    public async Task Usage_SeriesAndSummary_AddUpToTheSame()
    {
        var series = await AsOwner().Get(O + "stats_v2/?field=sum(quantity)&groupBy=outcome&statsPeriod=6h&category=error");
        var summary = await AsOwner().Get(O + "stats-summary/?field=sum(quantity)&statsPeriod=6h&category=error");

        var fromSeries = series["groups"].EnumerateArray().Sum(group => group.GetProperty("totals").GetProperty("sum(quantity)").GetInt64());
        var fromSummary = summary["projects"].EnumerateArray().SelectMany(row => row.GetProperty("stats").EnumerateArray()).Sum(row => row.GetProperty("totals").GetProperty("sum(quantity)").GetInt64());
        Assert.Equal(fromSeries, fromSummary);
        Assert.All(series["groups"].EnumerateArray(), group => Assert.Equal(series["intervals"].GetArrayLength(), group.GetProperty("series").GetProperty("sum(quantity)").GetArrayLength()));
        Assert.Equal(HttpStatusCode.BadRequest, (await AsOwner().Get(O + "stats_v2/?field=sum(quantity)")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AsOwner().Get(O + "stats_v2/?groupBy=outcome")).Status);
    }

    [Fact]
    public async Task AllProjects_HoldsTheCallersOrganizationsOnly()
    {
        var mine = await AsOwner("project:read").ReadAll("/api/0/projects/");

        Assert.Equal(Acme.Projects.Count, mine.Count);
        Assert.All(mine, row => Assert.Equal("acme", row.GetProperty("organization").GetProperty("slug").GetString()));
    }

    [Theory]
    [InlineData("issues/", "event:admin event:read event:write")]
    [InlineData("releases/", "org:ci project:admin project:read project:releases project:write")]
    [InlineData("monitors/", "alerts:read org:admin org:read org:write")]
    [InlineData("repos/", "org:admin org:ci org:integrations org:read org:write")]
    public async Task List_WithoutScope_IsRefusedWithTheScopesThatWouldDo(string path, string accepted)
    {
        var reply = await AsOwner("member:read").Get(O + path);

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Contains($"scope=\"{accepted}\"", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_OfTheSameSeed_IsTheSame()
    {
        await using var other = await SimulatorServer.StartAsync(Options with { Clock = Clock }, TestContext.Current.CancellationToken);
        var again = other.World.Organization("acme").Evidence;

        Assert.Equal(Acme.Evidence.Issues.Select(issue => $"{issue} {issue.Title} {issue.Count}"), again.Issues.Select(issue => $"{issue} {issue.Title} {issue.Count}"));
        Assert.Equal(Acme.Evidence.Releases.Select(release => $"{release} {release.Commits.Count}"), again.Releases.Select(release => $"{release} {release.Commits.Count}"));
    }

    private async Task<IEnumerable<string?>> Names(string path) => (await AsOwner().Get(path)).Json.EnumerateArray().Select(row => row.GetProperty("name").GetString());
}
