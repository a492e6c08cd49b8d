using System.Text.RegularExpressions;
using CsvHelper;
using Microsoft.Playwright;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
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
    [InlineData("history-empty", "/history")]
    [InlineData("what-if-empty", "/blast-radius")]
    [InlineData("what-if-refused", "/blast-radius?member=nobody-has-this-name")]
    [InlineData("what-if-closed", "/blast-radius?open-membership=true")]
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
        await CheckAsync("history-member", $"{organization.Root}/history?member={member}");
        await CheckAsync("history-team", $"{organization.Root}/history?team={team}");
        await CheckAsync("what-if-member", $"{organization.Root}/blast-radius?member={member}");
        await CheckAsync("what-if-team", $"{organization.Root}/blast-radius?member={member}&team={picture.Graph.MembershipsOf(picture.Graph.FindMember(member)!)[0].TeamId}");
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
    public async Task The_keyboard_alone_leads_from_signing_in_to_why_somebody_reaches_a_project()
    {
        await Served.JoinAsync("keyboard@example.com", "Kim Keys", Role.Auditor);
        var picture = await PictureAsync();
        var member = picture.Members.First(static row => row.State is MemberState.Active && row.Teams > 0 && row.Held > 0).Member;
        var page = await fixture.Browser.VisitAsync(Served, Look.Desktop);
        await page.GoAsync($"{organization.Root}");

        await page.WaitForSelectorAsync("#address:focus");
        await page.Keyboard.TypeAsync("keyboard@example.com");
        await page.TabAndTypeAsync(page.Locator("#password"), ServedPeople.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + organization.Root);

        await page.TabAndEnterAsync(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Members" }));
        await page.TabAndTypeAsync(page.GetByLabel("Name or address"), member.Email);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("q="));

        await page.TabAndEnterAsync(page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link, new() { Name = member.Name, Exact = true }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(member.Name);

        var project = page.Locator("[aria-labelledby=projects] tbody tr td:first-child a").First;
        var slug = await project.TextContentAsync();
        await page.TabAndEnterAsync(project);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(slug!);
        await page.TabAndTypeAsync(page.GetByLabel("Name or address"), member.Email);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("q="));

        await page.TabAndEnterAsync(page.GetByRole(AriaRole.Row).Filter(new() { HasText = member.Email }).GetByRole(AriaRole.Link, new() { Name = "details" }));
        await Expect(page.Locator(".verdict")).ToContainTextAsync(member.Name);
    }

    [Fact]
    public async Task A_slash_leads_to_the_search_from_everywhere()
    {
        var page = await VisitAsync(organization.Root);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("api");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("/search\\?q=api"));
    }

    [Fact]
    public async Task The_filters_in_force_are_shown()
    {
        var team = (await PictureAsync()).Teams.MaxBy(static row => row.Members)!.Team;
        var page = await VisitAsync($"{organization.Root}/members?team={team.Id}&sso=no&role=member");

        await Expect(page.GetByLabel("Single sign-on")).ToHaveValueAsync("no");
        await Expect(page.GetByLabel("Role")).ToHaveValueAsync("member");
        await page.GetByRole(AriaRole.Link, new() { Name = $"of {team.Slug}" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("members\\?sso=no&role=member$"));
    }

    [Fact]
    public async Task Narrowing_a_list_keeps_the_filters_that_its_address_came_with()
    {
        using var client = Served.Client(Role.Auditor);

        var page = await client.GetStringAsync(new Uri($"{organization.Root}/members?team=42&fact=none", UriKind.Relative));

        // Other forms of the page keep the address too; only the one that filters counts.
        var filters = Regex.Match(page, "<form[^>]*aria-label=\"Filter members\".*?</form>", RegexOptions.Singleline).Value;
        Assert.Contains("name=\"team\" value=\"42\"", filters, StringComparison.Ordinal);
        Assert.Contains("name=\"fact\" value=\"none\"", filters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_before_the_first_read_is_not_called_complete()
    {
        using var client = Served.Client(Role.Auditor);

        var now = await client.GetStringAsync(new Uri($"{organization.Root}/members", UriKind.Relative));
        var past = await client.GetStringAsync(new Uri($"{organization.Root}/members?at=2001-01-01", UriKind.Relative));

        Assert.Contains(">complete<", now, StringComparison.Ordinal);
        Assert.DoesNotContain(">complete<", past, StringComparison.Ordinal);
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

    [Fact]
    public async Task What_a_removal_takes_away_is_asked_for_by_name_and_downloaded()
    {
        var picture = await PictureAsync();
        var member = picture.Members.Where(static row => row.State is MemberState.Active).MaxBy(static row => row.Held)!;
        var page = await VisitAsync($"{organization.Root}/members/{member.Member.Id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "What if removed?" }).ClickAsync();
        await Expect(page.Locator(".verdict")).ToContainTextAsync($"Removing {member.Member.Email} from the organization ends {member.Reachable} access");
        await page.GetByLabel("Person", new() { Exact = true }).FillAsync(member.Member.Email);
        await page.GetByLabel("Team", new() { Exact = true }).FillAsync("no-such-team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByText("No team")).ToBeVisibleAsync();

        Assert.Equal(member.Reachable, (await DownloadAsync($"/blast-radius.csv?member={member.Member.Id}", "effect", "project")).Count(static row => row.StartsWith("ends,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_download_holds_the_rows_of_its_table_in_order()
    {
        var picture = await PictureAsync();
        var project = picture.Projects.MaxBy(static row => row.Held)!.Project.Id;

        Assert.Equal(
            MemberTable.Of(picture, new MemberSearch { Sort = "-reaches" }).Select(static row => $"{row.Member.Email},{row.Teams},{row.Held},{row.Reachable}"),
            await DownloadAsync("/members.csv?sort=-reaches", "email", "teams", "projects_held", "projects_reachable"));
        Assert.Equal(
            TeamTable.Of(picture, new TeamSearch { Text = "a" }).Select(static row => $"{row.Team.Slug},{row.Members},{row.Projects}"),
            await DownloadAsync("/teams.csv?q=a", "slug", "members", "projects"));
        Assert.Equal(
            ProjectTable.Of(picture, new ProjectSearch()).Select(static row => $"{row.Project.Slug},{row.Held},{row.Reachable}"),
            await DownloadAsync("/projects.csv", "slug", "members_held", "members_reachable"));
        Assert.Equal(
            NonHumanTable.Of(picture, new NonHumanSearch()).Select(static row => row.Principal.Key),
            await DownloadAsync("/non-human.csv", "key"));
        Assert.Equal(
            new EffectiveAccess(picture.Graph).WhoReaches(project)!.Members.Where(static pair => pair.IsHeld).Select(static pair => $"{pair.Member.Email},{pair.ReachesNow}").Order(),
            (await DownloadAsync($"/projects/{project}.csv?how=granted", "email", "reaches_now")).Select(static line => line.Replace("true", "True", StringComparison.Ordinal).Replace("false", "False", StringComparison.Ordinal)).Order());
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
        foreach (var table in (string[])["", "/members", "/teams", "/projects", "/non-human", "/why", "/changes", "/blast-radius", "/history"])
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

    /// <summary>Some columns of the rows of a downloaded file, joined by commas.</summary>
    private async Task<IReadOnlyList<string>> DownloadAsync(string path, params string[] columns)
    {
        using var client = Served.Client(Role.Auditor);
        using var csv = CsvReader.Create(new StringReader(await client.GetStringAsync(organization.Root + path)));
        List<string> rows = [];
        while (await csv.ReadAsync())
        {
            rows.Add(string.Join(',', columns.Select(column => csv.GetString(csv.GetFieldIndex(column)))));
        }

        Assert.NotEmpty(rows);
        return rows;
    }

    private Task CheckAsync(string name, string address) => fixture.CheckAsync(Served, name, address);

    private async Task<IPage> VisitAsync(string address)
    {
        var page = await fixture.Browser.VisitAsync(Served, Look.Desktop, Role.Auditor);
        await page.GoAsync(address);
        return page;
    }

    private async Task<OrganizationPicture> PictureAsync() =>
        (await Served.Get<ExploreAccess>().PictureAsync(Caller.System, Served.Connector!.Id, at: null, CancellationToken.None)).Value;
}
