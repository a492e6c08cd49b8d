using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Tests.Evidence;

public sealed class IssueTests : Simulated
{
    private Caller Reader => AsOwner("event:admin");

    private IReadOnlyList<Issue> All => Acme.Evidence.Issues;

    [Fact]
    public async Task List_ReadPageByPage_IsEveryIssueOnceAndPagesMayBeShort()
    {
        var (rows, sizes, hits) = await ReadAll(O + "issues/?query=&limit=10");

        Assert.Equal(All.Select(issue => $"{issue.Id}"), rows.Select(Id));
        Assert.Contains(sizes.SkipLast(1), size => size < 10);
        Assert.True(hits > rows.Count, "The count includes issues that wait for their deletion.");
    }

    [Theory]
    [InlineData("new", "firstSeen")]
    [InlineData("date", "lastSeen")]
    public async Task List_SortedByDate_FallsAcrossPages(string sort, string field)
    {
        var (rows, _, _) = await ReadAll($"{O}issues/?query=&limit=10&sort={sort}");
        var dates = rows.Select(row => row.GetProperty(field).GetDateTimeOffset().ToUnixTimeMilliseconds()).ToList();

        Assert.Equal(All.Count, rows.DistinctBy(Id).Count());
        Assert.Equal(dates.OrderDescending(), dates);
    }

    [Fact]
    public async Task List_SortedByCountWithManyTies_LosesNoIssue()
    {
        var (rows, _, _) = await ReadAll(O + "issues/?query=&limit=3&sort=freq");

        Assert.Equal(All.Select(issue => $"{issue.Id}").Order(StringComparer.Ordinal), rows.Select(Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_WithoutQuery_HasUnresolvedOnesOnly()
    {
        var (rows, _, _) = await ReadAll(O + "issues/?limit=100");

        Assert.Equal(All.Where(issue => issue.Status == Issue.Unresolved).Select(issue => $"{issue.Id}"), rows.Select(Id));
    }

    [Fact]
    public async Task List_Queries_FindWhatTheyName()
    {
        var assigned = All.First(issue => issue.AssignedUser is not null);
        var ofTeam = All.First(issue => issue.AssignedTeam is not null);

        await Finds("is:resolved", issue => issue.Status == Issue.Resolved);
        await Finds("is:archived", issue => issue.Status == Issue.Ignored);
        await Finds("is:unresolved is:unassigned", issue => issue is { Status: Issue.Unresolved, AssignedUser: null, AssignedTeam: null });
        await Finds("level:[fatal,warning]", issue => issue.Level is "fatal" or "warning");
        await Finds("!level:error issue.priority:high", issue => issue.Level != "error" && issue.Priority == "high");
        await Finds("assigned:" + assigned.AssignedUser!.Email, issue => issue.AssignedUser == assigned.AssignedUser);
        await Finds("assigned:%23" + ofTeam.AssignedTeam!.Slug, issue => issue.AssignedTeam == ofTeam.AssignedTeam);
        await Finds("project:" + assigned.Project.Slug, issue => issue.Project == assigned.Project);
        await Finds("timeouterror", issue => issue.ErrorType == "TimeoutError");
        await Finds("timesSeen:>100", issue => issue.Count > 100);
        await Finds("lastSeen:-14d", issue => issue.LastSeen >= Clock.GetUtcNow().AddDays(-14));
        await Finds("unheard-of:yes", _ => false);
    }

    [Fact]
    public async Task List_Period_KeepsIssuesSeenInIt()
    {
        var boundary = Clock.GetUtcNow().AddDays(-30);
        var (rows, _, _) = await ReadAll(O + "issues/?query=&limit=100&statsPeriod=30d");

        Assert.Equal(All.Where(issue => issue.LastSeen >= boundary).Select(issue => $"{issue.Id}"), rows.Select(Id));
    }

    [Theory]
    [InlineData("statsPeriod=fortnight", """{"detail":"Invalid statsPeriod: {'fortnight'}"}""")]
    [InlineData("start=2026-01-01", """{"detail":"start and end are both required"}""")]
    [InlineData("start=2026-02-01&end=2026-01-01", """{"detail":"start must be before end"}""")]
    [InlineData("start=soon&end=2026-01-01", """{"detail":"soon is not a valid ISO8601 date query"}""")]
    [InlineData("groupStatsPeriod=1y", """{"detail":"Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'"}""")]
    [InlineData("limit=101", """{"detail":"Invalid limit value. Must be between 1 and 100."}""")]
    [InlineData("cursor=nonsense", """{"detail":"Invalid cursor parameter."}""")]
    public async Task List_WrongParameter_IsRefused(string query, string body) =>
        (await Reader.Get(O + "issues/?" + query)).Is(HttpStatusCode.BadRequest, body);

    [Fact]
    public async Task List_EventIdOrShortId_IsADirectHit()
    {
        var resolved = All.First(issue => issue.Status == Issue.Resolved);
        var latest = (await Reader.Get($"{O}issues/{resolved.Id}/events/latest/"))["eventID"].GetString();

        var byEvent = await Reader.Get($"{O}issues/?query={latest}");
        var byShortId = await Reader.Get($"{O}issues/?shortIdLookup=1&query={resolved.ShortId.ToLowerInvariant()}");

        Assert.Equal(("1", $"{resolved.Id}"), (byEvent.Headers["X-Sentry-Direct-Hit"], Id(byEvent.Json[0])));
        Assert.Equal(("1", $"{resolved.Id}"), (byShortId.Headers["X-Sentry-Direct-Hit"], Id(byShortId.Json[0])));
        Assert.DoesNotContain("X-Sentry-Direct-Hit", (await Reader.Get($"{O}issues/?query={resolved.ShortId}")).Headers.Keys);
    }

    [Fact]
    public async Task List_NoReachableProject_IsEmptyWithoutLink()
    {
        Acme.SetOpenMembership(false);

        var reply = await As(Fixtures.WithoutTeam!, "event:read").Get(O + "issues/");

        reply.Is(HttpStatusCode.OK, "[]");
        Assert.DoesNotContain("Link", reply.Headers.Keys);
    }

    [Fact]
    public async Task Read_IssueOfAnotherTeam_IsForbiddenUnderClosedMembership()
    {
        Acme.SetOpenMembership(false);
        var foreign = All.First(issue => !issue.Project.Teams.Any(team => Fixtures.TeamAdmin!.On(team) is not null));
        var member = As(Fixtures.TeamAdmin!, "event:read");

        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get($"{O}issues/{foreign.Id}/")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get($"{O}issues/{foreign.Id}/events/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Reader.Get($"{O}issues/{foreign.Id}/")).Status);
    }

    [Fact]
    public async Task Change_StatusAssigneeAndSharing_Lasts()
    {
        var path = $"{O}issues/{All[5].Id}/";
        var person = Fixtures.TeamAdmin!.User!;

        await Reader.Put(path, $$"""{"status":"resolved","statusDetails":{"inRelease":"sky@1"},"assignedTo":"user:{{person.Id}}","isPublic":true,"priority":"low"}""");
        var changed = await Reader.Get(path);
        await Reader.Put(path, """{"assignedTo":"","isPublic":false,"status":"unresolved"}""");
        var back = await Reader.Get(path);

        Assert.Equal(("resolved", "sky@1"), (changed["status"].GetString(), changed["statusDetails"].GetProperty("inRelease").GetString()));
        Assert.Equal(person.Email, changed["assignedTo"].GetProperty("email").GetString());
        Assert.True(changed["isPublic"].GetBoolean());
        Assert.Equal("low", changed["priority"].GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (back["assignedTo"].ValueKind, back["shareId"].ValueKind));
        Assert.Equal("{}", back["statusDetails"].GetRawText());
    }

    [Theory]
    [InlineData("""{"status":"gone"}""", """{"status":["\"gone\" is not a valid choice."]}""")]
    [InlineData("""{"assignedTo":"nobody@example.net"}""", """{"assignedTo":["Unknown actor input"]}""")]
    public async Task Change_WrongBody_ChangesNothing(string body, string refusal)
    {
        var before = await Reader.Get($"{O}issues/{All[0].Id}/");

        var reply = await Reader.Put($"{O}issues/{All[0].Id}/", body);

        Assert.Equal(JsonElement.Parse(refusal).GetRawText(), reply.Json.GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(before.Body, (await Reader.Get($"{O}issues/{All[0].Id}/")).Body);
    }

    [Fact]
    public async Task ChangeMany_OfOneProject_LeavesOtherProjectsAlone()
    {
        var (own, other) = (All[0], All.First(issue => issue.Project != All[0].Project && issue.Status != Issue.Ignored));

        var reply = await Reader.Put($"{P}{own.Project.Slug}/issues/?id={own.Id}&id={other.Id}", """{"status":"ignored"}""");

        Assert.Equal("ignored", reply["status"].GetString());
        Assert.Equal("ignored", (await Reader.Get($"{O}issues/{own.Id}/"))["status"].GetString());
        Assert.Equal(other.Status, (await Reader.Get($"{O}issues/{other.Id}/"))["status"].GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await Reader.Put(O + "issues/?id=1", """{"status":"ignored"}""")).Status);
    }

    [Fact]
    public async Task Delete_TakesTheIssueAwayAndWritesAnAuditRow()
    {
        var issue = All[0];

        Assert.Equal(HttpStatusCode.Forbidden, (await AsOwner("event:write").Delete($"{O}issues/{issue.Id}/")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Reader.Delete($"{O}issues/{issue.Id}/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Reader.Get($"{O}issues/{issue.Id}/")).Status);
        Assert.DoesNotContain((await ReadAll(O + "issues/?query=&limit=100")).Rows, row => Id(row) == $"{issue.Id}");
    }

    [Fact]
    public async Task ShortId_InEitherCase_LeadsToTheIssue()
    {
        foreach (var issue in All.Take(30))
        {
            Assert.Equal($"{issue.Id}", (await Reader.Get($"{O}shortids/{issue.ShortId.ToLowerInvariant()}/"))["groupId"].GetString());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Reader.Get(O + "shortids/NOWHERE-1/")).Status);
    }

    [Theory]
    [InlineData("inbox", "inbox")]
    [InlineData("owners", "owners")]
    [InlineData("integrationIssues", "integrationIssues")]
    [InlineData("sentryAppIssues", "sentryAppIssues")]
    [InlineData("sessions", "sessionCount")]
    [InlineData("latestEventHasAttachments", "latestEventHasAttachments")]
    public async Task Expand_BringsThePartItNames(string part, string field)
    {
        Assert.False((await Reader.Get(O + "issues/")).Json[0].TryGetProperty(field, out _));
        Assert.True((await Reader.Get(O + "issues/?expand=" + part)).Json[0].TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Collapse_TakesPartsOut()
    {
        var row = (await Reader.Get(O + "issues/?collapse=stats&collapse=lifetime")).Json[0];

        Assert.False(row.TryGetProperty("stats", out _));
        Assert.False(row.TryGetProperty("lifetime", out _));
        Assert.Equal(JsonValueKind.String, row.GetProperty("count").ValueKind);
        Assert.Equal(JsonValueKind.Number, row.GetProperty("userCount").ValueKind);
    }

    private static string Id(JsonElement row) => row.GetProperty("id").GetString()!;

    private async Task Finds(string query, Func<Issue, bool> expected)
    {
        var (rows, _, _) = await ReadAll($"{O}issues/?limit=100&query={query.Replace(" ", "%20", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)}");
        Assert.Equal(All.Where(expected).Select(issue => $"{issue.Id}"), rows.Select(Id));
    }

    private async Task<(List<JsonElement> Rows, List<int> Sizes, int Hits)> ReadAll(string path)
    {
        var (rows, sizes) = (new List<JsonElement>(), new List<int>());
        for (var cursor = ""; ;)
        {
            var reply = await Reader.Get(path + cursor);
            Assert.Equal(HttpStatusCode.OK, reply.Status);
            rows.AddRange(reply.Json.EnumerateArray());
            sizes.Add(reply.Json.GetArrayLength());
            if (!reply.Next.Results)
            {
                return (rows, sizes, int.Parse(reply.Headers["X-Hits"], System.Globalization.CultureInfo.InvariantCulture));
            }

            cursor = "&cursor=" + reply.Next.Cursor;
        }
    }
}
