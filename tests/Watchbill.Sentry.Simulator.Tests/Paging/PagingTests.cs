using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Paging;

public sealed class PagingTests : Simulated
{
    [Theory]
    [InlineData("per_page=0", "Invalid per_page value. Must be between 1 and 100.")]
    [InlineData("per_page=101", "Invalid per_page value. Must be between 1 and 100.")]
    [InlineData("per_page=ten", "Invalid per_page parameter.")]
    [InlineData("cursor=1:2", "Invalid cursor parameter.")]
    [InlineData("cursor=a:0:0", "Invalid cursor parameter.")]
    [InlineData("cursor=10:-1:1", "Pagination offset cannot be negative")]
    public async Task BadParameter_Answers400(string query, string reason) =>
        (await AsOwner().Get(O + "members/?" + query)).Is(HttpStatusCode.BadRequest, $$"""{"detail":"{{reason}}"}""");

    [Fact]
    public async Task FirstPage_LinksBothWays_WithResultsOnlyForward()
    {
        var reply = await AsOwner().Get(O + "members/?query=role:member&per_page=2");

        var url = $"{Server.BaseAddress}api/0/organizations/acme/members/?query=role:member&per_page=2&cursor=";
        Assert.Equal(
            $"<{url}2:-1:1>; rel=\"previous\"; results=\"false\"; cursor=\"2:-1:1\", <{url}2:1:0>; rel=\"next\"; results=\"true\"; cursor=\"2:1:0\"",
            reply.Link);
    }

    [Fact]
    public async Task NoOtherQuery_LeavesAnEmptyPartBeforeTheCursor() =>
        Assert.Contains("/teams/?&cursor=100:1:0>", (await AsOwner().Get(O + "teams/")).Link, StringComparison.Ordinal);

    [Fact]
    public async Task Pages_OfAnySize_GiveEveryRowOnceInTheSameOrder()
    {
        var whole = Ids(await AsOwner().ReadAll(O + "members/"));

        foreach (var size in (int[])[1, 7, 10, whole.Count, whole.Count - 1])
        {
            Assert.Equal(whole, Ids(await AsOwner().ReadAll(O + "members/", size)));
        }

        Assert.Equal(whole.Order(), whole);
        Assert.Equal(whole.Distinct(), whole);
    }

    [Fact]
    public async Task LastPage_StillLinksForward_ButWithoutResults()
    {
        var count = (await AsOwner().ReadAll(O + "members/")).Count;

        var last = await AsOwner().Get($"{O}members/?per_page={count}");

        Assert.Equal((false, $"{count}:1:0"), last.Next);
    }

    [Fact]
    public async Task PagePastTheEnd_IsEmptyAndLinksBack()
    {
        var reply = await AsOwner().Get(O + "members/?per_page=100&cursor=100:5:0");

        reply.Is(HttpStatusCode.OK, "[]");
        Assert.Equal((true, "100:4:1"), reply.Previous);
        Assert.False(reply.Next.Results);
    }

    [Fact]
    public async Task CursorWithValueZero_GivesPageOneForEver()
    {
        var first = await AsOwner().Get(O + "members/?per_page=3");

        var later = await AsOwner().Get(O + "members/?per_page=3&cursor=0:7:0");

        Assert.Equal(first.Body, later.Body);
        Assert.True(later.Next.Results);
    }

    [Fact]
    public async Task PerPageOtherThanTheCursorsValue_TrimsFromTheFront()
    {
        var ids = Ids(await AsOwner().ReadAll(O + "members/"));

        // Ten rows and one more are fetched from row 10 on; the last four of them are kept, of which three are shown.
        var reply = await AsOwner().Get(O + "members/?per_page=3&cursor=10:1:0");

        Assert.Equal(ids.Skip(17).Take(3), Ids([.. reply.Json.EnumerateArray()]));
    }

    [Fact]
    public async Task AllProjects_HasNoLinkHeader()
    {
        var reply = await AsOwner().Get(O + "projects/?all_projects=1");

        Assert.Equal("", reply.Link);
        Assert.Equal(Acme.Projects.Count, reply.Json.GetArrayLength());
    }

    [Fact]
    public async Task AuditLog_PagesByTime_GiveEveryRowOnce()
    {
        // Several rows of one instant, so that a page boundary falls among them.
        var member = Acme.AddMember("many.changes@example.org");
        for (var change = 0; change < 9; change++)
        {
            Acme.ChangeRole(member, change % 2 == 0 ? "manager" : "member");
        }

        foreach (var size in (int[])[4, 50])
        {
            Assert.Equal(Acme.Audit.NewestFirst.Select(row => row.Id), await ReadAudit(size));
        }
    }

    [Fact]
    public async Task AuditLog_PreviousCursor_LeadsBack()
    {
        var first = await AsOwner().Get(O + "audit-logs/?per_page=5");
        var second = await AsOwner().Get($"{O}audit-logs/?per_page=5&cursor={first.Next.Cursor}");

        var back = await AsOwner().Get($"{O}audit-logs/?per_page=5&cursor={second.Previous.Cursor}");

        Assert.Equal(first.Body, back.Body);
    }

    private static List<long> Ids(List<JsonElement> rows) => [.. rows.Select(row => long.Parse(row.GetProperty("id").GetString()!))];

    private async Task<List<long>> ReadAudit(int size)
    {
        List<long> ids = [];
        var caller = AsOwner();
        for (var cursor = ""; ;)
        {
            Assert.True(ids.Count <= Acme.Audit.Count, "The pages go round in circles.");
            var reply = await caller.Get($"{O}audit-logs/?per_page={size}{cursor}");
            ids.AddRange(Ids([.. reply["rows"].EnumerateArray()]));
            if (!reply.Next.Results)
            {
                return ids;
            }

            cursor = "&cursor=" + reply.Next.Cursor;
        }
    }
}
