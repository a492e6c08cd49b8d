using System.Net;
using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Routes;

public sealed class AuditLogTests : Simulated
{
    [Fact]
    public async Task Read_NeedsOrgWrite()
    {
        var reply = await AsOwner("org:read").Get(O + "audit-logs/");

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal("""Bearer error="insufficient_scope", scope="org:write" """.TrimEnd(), reply.Headers["WWW-Authenticate"]);
        Assert.Equal(HttpStatusCode.OK, (await AsOwner("org:admin").Get(O + "audit-logs/")).Status);
    }

    [Fact]
    public void Rows_AreNewestFirst_AsManyAsAskedFor()
    {
        var rows = Acme.Audit.NewestFirst.ToList();

        Assert.Equal(OrganizationSize.Small.AuditRows, Acme.Audit.Count);
        Assert.Equal(rows.OrderByDescending(row => row.DateCreated).Select(row => row.Id), rows.Select(row => row.Id));
        Assert.Equal(rows.Count, rows.Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public void Heads_ThatFiltersLookAt_AgreeWithTheirRows()
    {
        Acme.JoinTeam(Fixtures.WithoutTeam!, Fixtures.NumericTeam!);

        foreach (var entry in Acme.Audit.Entries(DateTimeOffset.MaxValue))
        {
            var row = entry.Row();
            Assert.Equal((row.DateCreated, row.Event, row.Actor.User?.Id), (entry.Head.Time, entry.Head.Event, entry.Head.ActorId));
        }
    }

    [Fact]
    public async Task Filters_ByEventActorAndTime()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        Acme.JoinTeam(Fixtures.WithoutTeam!, Fixtures.NumericTeam!, Actor.Of(Fixtures.Manager!.User!));
        var at = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));
        Acme.LeaveTeam(Fixtures.WithoutTeam!, Fixtures.NumericTeam!);

        Assert.Equal("member.join-team", Assert.Single(await Rows($"?actor={Fixtures.Manager!.User!.Id}&statsPeriod=3h")).GetProperty("event").GetString());
        Assert.Single(await Rows("?event=member.leave-team&statsPeriod=3h"));
        Assert.Equal("member.join-team", Assert.Single(await Rows($"?start={at.AddMinutes(-1):s}&end={at.AddMinutes(1):s}")).GetProperty("event").GetString());
        Assert.Empty(await Rows("?event=no.such"));
    }

    [Theory]
    [InlineData("?actor=me", """{"actor":["A valid integer is required."]}""")]
    [InlineData("?start=2026-01-01T00:00:00", """{"detail":"start and end are both required"}""")]
    public async Task Filters_BadValue_Answers400(string query, string expected) =>
        (await AsOwner().Get(O + "audit-logs/" + query)).Is(HttpStatusCode.BadRequest, expected);

    [Fact]
    public async Task Row_HasUserObjects_ANameForKeys_AndANumberForLostTargets()
    {
        Acme.AddMember("with.user@example.org", by: new Actor(null, "legacy key"));

        var row = (await Rows("?event=member.add&statsPeriod=1h"))[0];

        Assert.Equal("legacy key", row.GetProperty("actor").GetProperty("name").GetString());
        Assert.False(row.GetProperty("actor").TryGetProperty("id", out _));
        Assert.Equal("with.user@example.org", row.GetProperty("targetUser").GetProperty("email").GetString());
        Assert.Equal("with.user@example.org", row.GetProperty("data").GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Number, row.GetProperty("targetObject").ValueKind);
    }

    [Fact]
    public async Task Options_ListEveryEventThatRowsCarry()
    {
        var options = (await AsOwner().Get(O + "audit-logs/"))["options"].EnumerateArray().Select(option => option.GetString()).ToHashSet();

        Assert.Superset(Acme.Audit.NewestFirst.Select(row => (string?)row.Event).ToHashSet(), options);
    }

    private async Task<List<JsonElement>> Rows(string query) => [.. (await AsOwner().Get(O + "audit-logs/" + query))["rows"].EnumerateArray()];
}
