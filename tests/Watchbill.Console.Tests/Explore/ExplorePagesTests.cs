using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Access.Queries;
using Watchbill.People;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Explore;

/// <summary>The pages that show who reaches what, in a browser.</summary>
public sealed class ExplorePagesTests(BrowserFixture fixture, ReadOrganization organization) : IClassFixture<ReadOrganization>
{
    private ServedOrganization Served => organization.Served;

    [Theory]
    [InlineData("overview", "")]
    [InlineData("members", "/members")]
    [InlineData("members-sorted", "/members?sort=-reaches&state=active&q=a")]
    [InlineData("members-none", "/members?q=nobody-has-this-name")]
    [InlineData("teams", "/teams")]
    [InlineData("projects", "/projects")]
    [InlineData("non-human", "/non-human")]
    [InlineData("why-empty", "/why")]
    [InlineData("changes", "/changes")]
    [InlineData("past", "/members?at=2001-01-01")]
    public Task A_page_is_presentable(string name, string path) => CheckAsync(name, organization.Root + path);

    [Fact]
    public async Task The_page_of_a_member_a_team_a_project_and_an_integration_is_presentable()
    {
        var picture = await PictureAsync();
        var member = picture.Members.MaxBy(static row => row.Teams)!.Member.Id;
        var team = picture.Teams.MaxBy(static row => row.Members)!.Team.Id;
        var project = picture.Projects.MaxBy(static row => row.Held)!.Project.Id;
        var other = picture.NonHumans[0].Principal.Key;
        await CheckAsync("member", $"{organization.Root}/members/{member}");
        await CheckAsync("team", $"{organization.Root}/teams/{team}");
        await CheckAsync("project", $"{organization.Root}/projects/{project}");
        await CheckAsync("non-human-one", $"{organization.Root}/non-human/{Uri.EscapeDataString(other)}");
        await CheckAsync("why", $"{organization.Root}/why?member={member}&project={project}");
        await CheckAsync("search", "/search?q=a");
    }

    [Fact]
    public async Task A_striking_fact_leads_to_those_it_speaks_of()
    {
        var picture = await PictureAsync();
        var fact = picture.Striking.First(static fact => fact.Code == "without-two-factor");
        var page = await VisitAsync(organization.Root);

        await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = fact.Sentence }).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("members\\?fact=without-two-factor"));
        await Expect(page.Locator(".pager")).ToContainTextAsync($"of {fact.Count}");
    }

    [Fact]
    public async Task The_keyboard_finds_a_person_and_says_why()
    {
        var picture = await PictureAsync();
        var member = picture.Members.First(static row => row.State is MemberState.Active && row.Teams > 0).Member;
        var page = await VisitAsync(organization.Root);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(member.Email);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = member.Name, Exact = true }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(member.Name);
        await page.GetByRole(AriaRole.Link, new() { Name = "details" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".verdict")).ToContainTextAsync(member.Name);
    }

    [Fact]
    public async Task Narrowing_a_list_keeps_the_filters_that_its_address_came_with()
    {
        using var client = Served.Client(Role.Auditor);

        var page = await client.GetStringAsync(new Uri($"{organization.Root}/members?team=42&sso=no", UriKind.Relative));

        // Other forms of the page keep the address too; only the one that filters counts.
        var filters = Regex.Match(page, "<form[^>]*aria-label=\"Filter members\".*?</form>", RegexOptions.Singleline).Value;
        Assert.Contains("name=\"team\" value=\"42\"", filters, StringComparison.Ordinal);
        Assert.Contains("name=\"sso\" value=\"no\"", filters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_downloaded_with_its_filters()
    {
        using var client = Served.Client(Role.Auditor);
        var picture = await PictureAsync();
        var expected = picture.Members.Count(static row => row.State is MemberState.Invited);

        using var answer = await client.GetAsync($"{organization.Root}/members.csv?state=invited");

        Assert.Equal($"{expected}", answer.Headers.GetValues("X-Row-Count").Single());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(expected + 1, (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("/members/no-such-member")]
    [InlineData("/teams/0")]
    [InlineData("/projects/<script>")]
    [InlineData("/non-human/ClientKey:none")]
    [InlineData("/projects/none.csv")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var client = Served.Client(Role.Auditor);

        using var answer = await client.GetAsync(organization.Root + path);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("page=99999999999999999999")]
    [InlineData("page=-1")]
    [InlineData("page=abc")]
    [InlineData("sort=;drop table member_fact")]
    [InlineData("q=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("q=%00%01%7F%EF%BF%BD")]
    [InlineData("state=nonsense&2fa=maybe&inactive=-3&role=%27%22")]
    [InlineData("at=yesterday")]
    [InlineData("at=9999-12-31T23:59:59Z")]
    [InlineData("at=0001-01-01")]
    [InlineData("fact=%3Cb%3E")]
    [InlineData("since=2999-01-01")]
    public async Task Hostile_addresses_are_answered_with_a_page(string query)
    {
        using var client = Served.Client(Role.Auditor);
        foreach (var table in (string[])["", "/members", "/teams", "/projects", "/non-human", "/why", "/changes"])
        {
            using var answer = await client.GetAsync($"{organization.Root}{table}?{query}");
            var html = await answer.Content.ReadAsStringAsync();

            Assert.True(answer.IsSuccessStatusCode, $"{table}?{query}: {answer.StatusCode}");
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.True(html.Length < 300_000, $"{table}?{query} is {html.Length} characters long.");
        }
    }

    [Fact]
    public async Task Whoever_may_not_read_access_sees_nothing_of_it()
    {
        using var client = Served.Client(Role.Member);

        using var answer = await client.GetAsync($"{organization.Root}/members");

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("example.com", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task CheckAsync(string name, string address)
    {
        var page = await fixture.Browser.VisitAsync(Served, Look.Desktop, Role.SuperAdministrator);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);

        var answer = await page.GotoAsync(address);

        Assert.True(answer!.Ok, $"{address}: {answer.Status}");
        await page.IsPresentableAsync(name);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> VisitAsync(string address)
    {
        var page = await fixture.Browser.VisitAsync(Served, Look.Desktop, Role.Auditor);
        await page.GotoAsync(address);
        return page;
    }

    private async Task<Access.Explore.OrganizationPicture> PictureAsync() =>
        (await Served.Get<Access.Explore.ExploreAccess>().PictureAsync(Caller.System, Served.Connector!.Id, at: null, CancellationToken.None)).Value;
}
