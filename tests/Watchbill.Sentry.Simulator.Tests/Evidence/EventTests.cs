using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Tests.Evidence;

public sealed class EventTests : Simulated
{
    private Caller Reader => AsOwner("event:read", "project:read", "org:read");

    private Issue Issue => Acme.Evidence.Issues.First(issue => issue.Count is > 25 and < 300);

    [Fact]
    public async Task OfIssue_ReadPageByPage_IsEveryEventFromLastToFirstSighting()
    {
        List<JsonElement> rows = [];
        for (var start = 0; ; start += 10)
        {
            var reply = await Reader.Get($"{O}issues/{Issue.Id}/events/?per_page=10&cursor=0:{start}:0");
            rows.AddRange(reply.Json.EnumerateArray());
            if (!reply.Next.Results)
            {
                break;
            }

            Assert.Equal($"0:{start + 10}:0", reply.Next.Cursor);
        }

        var times = rows.Select(row => row.GetProperty("dateCreated").GetDateTimeOffset()).ToList();
        Assert.Equal(Issue.Count, rows.DistinctBy(EventId).Count());
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal((Issue.LastSeen, Issue.FirstSeen), (times[0], times[^1]));
    }

    [Fact]
    public async Task Event_ByEveryRoute_IsTheSame()
    {
        var rows = (await Reader.Get($"{O}issues/{Issue.Id}/events/")).Json;
        var id = EventId(rows[3]);

        var inIssue = await Reader.Get($"{O}issues/{Issue.Id}/events/{id}/");
        var inProject = await Reader.Get($"{P}{Issue.Project.Slug}/events/{id}/");
        var located = await Reader.Get($"{O}eventids/{id}/");

        Assert.Equal(inIssue.Body, inProject.Body);
        Assert.Equal((EventId(rows[2]), EventId(rows[4])), (inIssue["nextEventID"].GetString(), inIssue["previousEventID"].GetString()));
        Assert.Equal((Issue.Project.Slug, $"{Issue.Id}"), (located["projectSlug"].GetString(), located["groupId"].GetString()));
        Assert.Equal(EventId(rows[0]), (await Reader.Get($"{O}issues/{Issue.Id}/events/latest/"))["eventID"].GetString());
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("not-an-id")]
    public async Task Event_UnknownId_IsNotFound(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Reader.Get($"{O}issues/{Issue.Id}/events/{id}/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Reader.Get($"{O}eventids/{id}/")).Status);
    }

    [Fact]
    public async Task Event_OfAnotherIssue_IsNotFoundThere()
    {
        var other = Acme.Evidence.Issues.First(issue => issue.Id != Issue.Id);
        var id = (await Reader.Get($"{O}issues/{other.Id}/events/latest/"))["eventID"].GetString();

        Assert.Equal(HttpStatusCode.NotFound, (await Reader.Get($"{O}issues/{Issue.Id}/events/{id}/")).Status);
    }

    [Fact]
    public async Task OfIssue_Filters_Narrow()
    {
        var rows = (await Reader.Get($"{O}issues/{Issue.Id}/events/?environment=production&full=1")).Json;

        Assert.NotEqual(0, rows.GetArrayLength());
        Assert.All(rows.EnumerateArray(), row =>
        {
            Assert.Contains(row.GetProperty("tags").EnumerateArray(), tag => tag.GetProperty("key").GetString() == "environment" && tag.GetProperty("value").GetString() == "production");
            Assert.True(row.TryGetProperty("entries", out _));
        });
    }

    [Fact]
    public async Task OfProject_IsTheEventsOfItsIssuesNewestFirst()
    {
        var stored = Acme.Evidence.Issues.Where(issue => issue.Project == Issue.Project).Sum(issue => Math.Min(300, issue.Count));
        var count = 0;
        DateTimeOffset last = DateTimeOffset.MaxValue;
        for (var (start, more) = (0, true); more; start += 100)
        {
            var reply = await Reader.Get($"{P}{Issue.Project.Slug}/events/?cursor=0:{start}:0");
            foreach (var row in reply.Json.EnumerateArray())
            {
                var time = row.GetProperty("dateCreated").GetDateTimeOffset();
                Assert.True(time <= last);
                (last, count) = (time, count + 1);
            }

            more = reply.Next.Results;
        }

        Assert.Equal(stored, count);
    }

    [Fact]
    public async Task Tag_CountsItsValuesOverAllStoredEvents()
    {
        var tag = await Reader.Get($"{O}issues/{Issue.Id}/tags/environment/");

        Assert.Equal(Issue.Count, tag["totalValues"].GetInt32());
        Assert.Equal(tag["totalValues"].GetInt32(), tag["topValues"].EnumerateArray().Sum(value => value.GetProperty("count").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await Reader.Get($"{O}issues/{Issue.Id}/tags/colour/")).Status);
    }

    private static string EventId(JsonElement row) => row.GetProperty("eventID").GetString()!;
}
