using System.Net;
using Watchbill.Access.Explore;
using Watchbill.People;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>What the API says about access, held against what the console shows.</summary>
public sealed class AccessApiTests
{
    [Fact]
    public async Task Lists_hold_every_row_once_whatever_the_size_of_their_parts()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.Auditor);
        var picture = (await served.Get<ExploreAccess>().PictureAsync(Caller.System, served.Connector!.Id, at: null, default)).Value;
        var root = $"/api/v1/connectors/{served.Connector.Id}";

        var members = await program.AllAsync($"{root}/members?sort=-active&limit=7");
        Assert.Equal(
            MemberTable.Of(picture, new MemberSearch { Sort = "-active" }).Select(static row => row.Member.Id),
            members.Select(static row => row.GetProperty("id").GetString()));
        Assert.Equal(picture.Teams.Select(static row => row.Team.Slug), (await program.AllAsync($"{root}/teams?limit=3")).Select(static row => row.GetProperty("slug").GetString()));
        Assert.Equal(picture.Projects.Select(static row => row.Project.Slug), (await program.AllAsync($"{root}/projects?limit=1")).Select(static row => row.GetProperty("slug").GetString()));
        Assert.Equal(picture.NonHumans.Count, (await program.AllAsync($"{root}/non-human")).Count);
    }

    [Fact]
    public async Task All_parts_of_a_list_show_the_same_instant()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.Auditor);
        var path = $"/api/v1/connectors/{served.Connector!.Id}/members?limit=5";
        var first = await program.GetOkAsync(path);
        var before = (await program.AllAsync(path)).Count;

        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        acme.RemoveMember(acme.Member(first.GetProperty("items")[0].GetProperty("email").GetString()!));
        await served.ReadAsync();
        var second = await program.GetOkAsync($"{path}&cursor={first.GetProperty("next").GetString()}");

        Assert.Equal(before - 1, (await program.AllAsync(path)).Count);
        Assert.Equal(before, second.GetProperty("total").GetInt32());
        Assert.Equal(first.GetProperty("freshness").GetProperty("at").GetDateTimeOffset(), second.GetProperty("freshness").GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_member_a_project_and_the_reason_between_them_agree()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.Auditor);
        var root = $"/api/v1/connectors/{served.Connector!.Id}";
        var member = (await program.AllAsync($"{root}/members?state=active&sort=-reaches"))[0];
        var email = member.GetProperty("email").GetString()!;

        var pairs = await program.AllAsync($"{root}/members/{Uri.EscapeDataString(email)}/projects");
        var reached = pairs.Where(static pair => pair.GetProperty("reach").GetString() is "now" or "tokens-only").ToList();
        Assert.Equal(member.GetProperty("projectsReachable").GetInt32(), reached.Count);
        Assert.NotEmpty(reached);

        var project = reached[0].GetProperty("project").GetProperty("slug").GetString();
        var who = await program.AllAsync($"{root}/projects/{project}/members?limit=1000");
        var pair = who.Single(other => other.GetProperty("member").GetProperty("email").GetString() == email);
        var why = (await program.GetOkAsync($"{root}/why?member={Uri.EscapeDataString(email)}&project={project}")).GetProperty("value");
        Assert.Equal(pair.GetProperty("paths").GetRawText(), why.GetProperty("pair").GetProperty("paths").GetRawText());
        Assert.Equal(
            (await program.GetOkAsync($"{root}/projects/{project}")).GetProperty("value").GetProperty("reachable").GetInt32(),
            who.Count(static other => other.GetProperty("reach").GetString() is "now" or "tokens-only"));
    }

    [Fact]
    public async Task What_a_removal_would_take_away_is_told_and_listed()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.Auditor);
        var root = $"/api/v1/connectors/{served.Connector!.Id}";
        var member = (await program.AllAsync($"{root}/members?state=active&sort=-held"))[0];
        var query = $"member={member.GetProperty("id").GetString()}";

        var radius = (await program.GetOkAsync($"{root}/blast-radius?{query}")).GetProperty("value");
        var losses = await program.AllAsync($"{root}/blast-radius/losses?{query}&limit=3");

        Assert.Equal(member.GetProperty("projectsReachable").GetInt32(), radius.GetProperty("ends").GetInt32());
        Assert.Equal(radius.GetProperty("ends").GetInt32(), losses.Count);
        Assert.All(losses, static loss => Assert.Equal("ends", loss.GetProperty("kind").GetString()));
        Assert.Contains(member.GetProperty("email").GetString()!, radius.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history", "bad-history")]
    [InlineData("history?member=a&team=b", "bad-history")]
    [InlineData("blast-radius", "bad-removal")]
    [InlineData("blast-radius?project=x", "bad-removal")]
    [InlineData("blast-radius?member=x&project=y", "bad-removal")]
    [InlineData("blast-radius?member=x&openMembership=true", "bad-removal")]
    [InlineData("blast-radius/losses?team=x", "bad-removal")]
    [InlineData("members?sortt=name", "unknown-parameter")]
    [InlineData("members?sort=nothing", "bad-fields")]
    [InlineData("members?limit=0", "bad-fields")]
    [InlineData("members?limit=1001", "bad-fields")]
    [InlineData("members?state=Active", "bad-fields")]
    [InlineData("members?cursor=abc", "bad-cursor")]
    [InlineData("members?cursor=MS4wLjAuMA", "bad-cursor")]
    [InlineData("changes?since=2100-01-01T00:00:00Z", "bad-period")]
    [InlineData("changes", "bad-fields")]
    [InlineData("search?text=", "bad-fields")]
    public async Task What_cannot_be_answered_is_refused_and_named(string path, string code)
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        using var program = await served.ProgramAsync(Role.Auditor);

        using var answer = await program.GetAsync(new Uri($"/api/v1/connectors/{served.Connector!.Id}/{path}", UriKind.Relative));

        Assert.Equal(code, await answer.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("connectors/1/members?limit=x", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("connectors/1/why?member=ann", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("connectors/1/members/nobody", HttpStatusCode.NotFound, "member-not-found")]
    [InlineData("connectors/1/projects/nothing", HttpStatusCode.NotFound, "project-not-found")]
    [InlineData("connectors/1/teams/nothing", HttpStatusCode.NotFound, "team-not-found")]
    [InlineData("connectors/1/non-human/nothing", HttpStatusCode.NotFound, "principal-not-found")]
    [InlineData("connectors/999/members", HttpStatusCode.NotFound, "connector-not-found")]
    [InlineData("connectors/999/overview", HttpStatusCode.NotFound, "connector-not-found")]
    [InlineData("nothing", HttpStatusCode.NotFound, "no-such-address")]
    public async Task What_does_not_exist_is_never_an_empty_answer(string path, HttpStatusCode status, string code)
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        using var program = await served.ProgramAsync(Role.Auditor);

        using var answer = await program.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative));

        Assert.Equal(code, await answer.CodeOfAsync(status));
    }

    [Fact]
    public async Task A_cursor_works_only_with_the_filters_it_was_given_for()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.Auditor);
        var path = $"/api/v1/connectors/{served.Connector!.Id}/members";
        var next = (await program.GetOkAsync($"{path}?limit=2")).GetProperty("next").GetString();

        using var answer = await program.GetAsync(new Uri($"{path}?limit=2&state=active&cursor={next}", UriKind.Relative));

        Assert.Equal("bad-cursor", await answer.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task An_answer_says_what_it_does_not_rest_on()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        using var program = await served.ProgramAsync(Role.Auditor);

        var freshness = (await program.GetOkAsync($"/api/v1/connectors/{served.Connector!.Id}/members")).GetProperty("freshness");

        Assert.False(freshness.GetProperty("complete").GetBoolean());
        Assert.NotEqual(0, freshness.GetProperty("gapCount").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_told_of_the_future_and_nothing_of_the_time_before_the_first_read_looks_complete()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.Auditor);
        var path = $"/api/v1/connectors/{served.Connector!.Id}/members";

        var future = (await program.GetOkAsync($"{path}?at=9999-12-31T23:59:59Z")).GetProperty("freshness");
        var past = await program.GetOkAsync($"{path}?at=2001-01-01T00:00:00Z");

        Assert.True(future.GetProperty("at").GetDateTimeOffset() <= served.Get<TimeProvider>().GetUtcNow());
        Assert.Equal(0, past.GetProperty("total").GetInt32());
        Assert.False(past.GetProperty("freshness").GetProperty("complete").GetBoolean());
    }
}
