using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Chaos;

namespace Watchbill.Sentry.Simulator.Tests.Chaos;

public sealed class FaultTests : Simulated
{
    private const string Members = O + "members/";

    protected override SimulatorOptions Options => base.Options with { RateLimit = RateLimit.Observed };

    [Fact]
    public async Task Rule_HitsTheOccurrencesItNames()
    {
        Server.Faults.Add(new FaultRule(FaultAction.GatewayUnavailable, "*/members/") { Method = "GET", Nth = 2 });
        var caller = AsOwner();

        var statuses = new List<int>();
        for (var time = 0; time < 3; time++)
        {
            await caller.Get(O + "teams/");
            statuses.Add((int)(await caller.Get(Members)).Status);
        }

        Assert.Equal([200, 503, 200], statuses);
        Assert.Equal(1, Server.Faults.Hits);
    }

    [Theory]
    [InlineData(null, 2, null, null, "..x.x.")]
    [InlineData(null, null, 3, null, "....xx")]
    [InlineData(null, null, 1, 2, "..xx..")]
    public async Task Rule_EveryAfterAndTimes(int? nth, int? every, int? after, int? times, string expected)
    {
        Server.Faults.Set(new FaultRule(FaultAction.EmptyNotFound, O) { Nth = nth, Every = every, After = after, Times = times });
        var caller = AsOwner();

        var seen = ".";
        for (var time = 1; time < 6; time++)
        {
            seen += (await caller.Get(O)).Status == HttpStatusCode.OK ? "." : "x";
        }

        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData(FaultAction.TooManyRequests, 429, "too frequently")]
    [InlineData(FaultAction.TooManyRequestsWithoutHeaders, 429, "too frequently")]
    [InlineData(FaultAction.GatewayUnavailable, 503, "apigateway")]
    [InlineData(FaultAction.HtmlPage, 200, "<!DOCTYPE html>")]
    [InlineData(FaultAction.ObjectDetail, 401, "\"code\":\"sso-required\"")]
    [InlineData(FaultAction.EmptyNotFound, 404, "")]
    [InlineData(FaultAction.ProjectMoved, 302, "resource-moved")]
    [InlineData(FaultAction.Respond, 500, "")]
    public async Task Replacement_IsAnsweredInstead(FaultAction action, int status, string part)
    {
        Server.Faults.Add(new FaultRule(action));

        var reply = await AsOwner().Get(Members);

        Assert.Equal(status, (int)reply.Status);
        Assert.Contains(part, reply.Body, StringComparison.Ordinal);
        Assert.Equal(action == FaultAction.TooManyRequests, reply.Headers.ContainsKey("X-Sentry-Rate-Limit-Reset"));
    }

    [Fact]
    public async Task ResetConnection_AndTruncatedBody_BreakTheTransfer()
    {
        Server.Faults.Set(new FaultRule(FaultAction.ResetConnection));
        await Assert.ThrowsAsync<HttpRequestException>(() => AsOwner().Get(Members));

        Server.Faults.Set(new FaultRule(FaultAction.TruncateBody) { Bytes = 30 });
        await Assert.ThrowsAsync<HttpRequestException>(() => AsOwner().Get(Members));

        Server.Faults.Clear();
        Assert.Equal(HttpStatusCode.OK, (await AsOwner().Get(Members)).Status);
    }

    [Fact]
    public async Task RevokeToken_RefusesFromThatRequestOn()
    {
        Server.Faults.Add(new FaultRule(FaultAction.RevokeToken) { Nth = 2 });
        var caller = AsOwner();

        Assert.Equal(HttpStatusCode.OK, (await caller.Get(Members)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Get(Members)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Get(Members)).Status);
    }

    [Fact]
    public async Task DeleteMember_DuringPaging_HidesOneRow()
    {
        var before = Acme.Members.Count(member => member.IsListed);
        Server.Faults.Add(new FaultRule(FaultAction.DeleteMember, Members) { Nth = 2 });

        var rows = await AsOwner().ReadAll(Members, 10);

        // One is gone, and another slipped to the page that was read already.
        Assert.Equal(before - 1, rows.Count);
        Assert.Equal(before - 1, Acme.Members.Count(member => member.IsListed));
        Assert.NotEqual(
            Acme.Members.Where(member => member.IsListed).Select(member => member.Id), rows.Select(row => long.Parse(row.GetProperty("id").GetString()!)));
    }

    [Fact]
    public async Task RepeatedCursor_LeadsNowhere()
    {
        Server.Faults.Add(new FaultRule(FaultAction.RepeatCursor, Members));

        var second = await AsOwner().Get(Members + "?per_page=5&cursor=5:1:0");

        Assert.Equal((true, "5:1:0"), second.Next);
    }

    [Fact]
    public async Task WrongLinkHost_AndNoneHeaders_SpoilHeadersOnly()
    {
        var clean = await AsOwner().Get(Members);
        Server.Faults.Set(new FaultRule(FaultAction.WrongLinkHost), new FaultRule(FaultAction.NoneHeaders));

        var reply = await AsOwner().Get(Members);

        Assert.Contains("<https://other.example.net/api/0/", reply.Link, StringComparison.Ordinal);
        Assert.Equal("None", reply.Headers["X-Sentry-Rate-Limit-ConcurrentLimit"]);
        Assert.Equal(clean.Body, reply.Body);
    }

    [Fact]
    public async Task Rows_CanBeDroppedDoubledExtendedAndStripped()
    {
        var clean = await Rows();

        Assert.Equal(clean[1..], await Rows(FaultAction.DropRow));
        Assert.Equal([clean[0], .. clean], await Rows(FaultAction.DuplicateRow));
        var extended = JsonElement.Parse((await Rows(FaultAction.ExtraFields))[0]);
        Assert.Equal("service_account", extended.GetProperty("actorType").GetString());
        var stripped = JsonElement.Parse((await Rows(FaultAction.MissingFields))[0]);
        Assert.Equal(["id", "email", "name", "user"], stripped.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Delay_HoldsTheAnswer_AndIsNoRefusal()
    {
        Server.Faults.Add(new FaultRule(FaultAction.Delay) { Delay = TimeSpan.Zero });

        Assert.Equal(HttpStatusCode.OK, (await AsOwner().Get(Members)).Status);
        Assert.Equal(1, Server.Faults.Hits);
    }

    private async Task<List<string>> Rows(FaultAction? action = null)
    {
        Server.Faults.Set(action is { } spoiled ? [new FaultRule(spoiled, Members)] : []);
        return [.. (await AsOwner().Get(Members)).Json.EnumerateArray().Select(row => row.GetRawText())];
    }
}
