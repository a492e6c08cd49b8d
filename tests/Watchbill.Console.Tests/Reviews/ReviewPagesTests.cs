using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Access.Explore;
using Watchbill.People;
using Watchbill.Reviews;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Reviews;

/// <summary>A review from its preparation to its report, in a browser; the reviewer sees only what is theirs.</summary>
public sealed class ReviewPagesTests(BrowserFixture fixture)
{
    [Fact]
    public async Task From_preparing_to_the_report()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        await served.JoinAsync("owner@example.org", "Olive Owner", Role.ComplianceManager);
        var reviewer = await served.JoinAsync("reviewer@example.org", "Rex Reviewer", Role.Member);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.ComplianceManager);
        await LooksAsync(page, "reviews-empty", "/reviews");
        await LooksAsync(page, "review-new", "/reviews/new");
        await page.FillAsync("#name", "Quarterly review");
        await page.FillAsync("#instructions", "Keep what is needed this quarter.");
        await page.CheckAsync("#kind-NonHuman");
        await page.CheckAsync("#rule-Named");
        await page.SelectOptionAsync("#named", new SelectOptionValue { Label = "Rex Reviewer" });
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Olive Owner" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Prepare it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/reviews/1$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "What would be frozen?" }).ClickAsync();
        await Expect(page.GetByText("Starting now would freeze")).ToBeVisibleAsync();
        await page.IsPresentableAsync("review-draft");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start it" }).ClickAsync();
        await Expect(page.GetByText("Close it now")).ToBeVisibleAsync();
        await page.IsPresentableAsync("review-running");

        var inbox = await fixture.Browser.VisitAsync(served, Look.Desktop, reviewer);
        await LooksAsync(inbox, "reviews-of-reviewer", "/reviews");
        await inbox.GetByRole(AriaRole.Link, new() { Name = "to decide" }).ClickAsync();
        await inbox.IsPresentableAsync("review-decide");
        await inbox.SetViewportSizeAsync(1440, 900);
        await inbox.CheckAsync("input[type=radio][value=Revoke] >> nth=0");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Keep as drafts" }).ClickAsync();
        await Expect(inbox.GetByRole(AriaRole.Alert)).ToContainTextAsync("needs a reason");
        await Expect(inbox.Locator("input[type=radio][value=Revoke]").First).ToBeCheckedAsync();
        await inbox.FillAsync("input[name^=r-] >> nth=0", "Left the company");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Keep as drafts" }).ClickAsync();
        await Expect(inbox.GetByRole(AriaRole.Button, new() { Name = "Submit all my drafts (1)" })).ToBeVisibleAsync();
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Keep what is advised here" }).ClickAsync();
        await Expect(inbox.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Submit all my drafts" }).ClickAsync();
        await Expect(inbox.GetByText("0 have a draft")).ToBeVisibleAsync();
        Assert.Equal(403, (await inbox.GoAsync("/reviews/1"))!.Status);
        Assert.Equal(403, (await inbox.GoAsync("/reviews/1/record.csv"))!.Status);

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close it now" }).ClickAsync();
        await Expect(page.GetByText("closing", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("need a person");
        await page.IsPresentableAsync("review-left-over");
        await page.FillAsync("#reason", "Done by hand this quarter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete it" }).ClickAsync();
        await Expect(page.GetByText("completed", new() { Exact = true })).ToBeVisibleAsync();
        await LooksAsync(page, "review-report", "/reviews/1/report");
        await Expect(page.GetByText("yes: each grant is in one place")).ToBeVisibleAsync();
        var record = await (await page.APIRequest.GetAsync(page.At("/reviews/1/record.csv"))).TextAsync();
        Assert.Contains(",revoke,,,Left the company,", record, StringComparison.Ordinal);
        var workbook = await page.APIRequest.GetAsync(page.At("/reviews/1/record.xlsx"));
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.Headers["content-type"]);
        await LooksAsync(page, "reviews", "/reviews");
    }

    [Fact]
    public async Task The_second_stage_sees_what_the_first_said()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var first = await served.JoinAsync("first@example.org", "Fay First", Role.Member);
        var second = await served.JoinAsync("second@example.org", "Sam Second", Role.Member);
        await served.JoinAsync("owner@example.org", "Olive Owner", Role.ComplianceManager);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.ComplianceManager);
        await page.GoAsync("/reviews/new");
        await page.FillAsync("#name", "In two stages");
        await page.UncheckAsync("#rule-Manager");
        await page.UncheckAsync("#rule-TeamAdmin");
        await page.CheckAsync("#rule-Named");
        await page.SelectOptionAsync("#named", new SelectOptionValue { Label = "Fay First" });
        await page.CheckAsync("#later-Named");
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Olive Owner" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Prepare it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name at least one reviewer");
        await Expect(page.Locator("#later-Named")).ToBeCheckedAsync();
        await page.SelectOptionAsync("#named", new SelectOptionValue { Label = "Fay First" });
        await page.SelectOptionAsync("#later-named", new SelectOptionValue { Label = "Sam Second" });
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Olive Owner" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Prepare it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start it" }).ClickAsync();
        await Expect(page.GetByText("Close it now")).ToBeVisibleAsync();

        var inbox = await fixture.Browser.VisitAsync(served, Look.Desktop, first);
        await inbox.GoAsync("/reviews/1/decide");
        await inbox.CheckAsync("input[type=radio][value=Certify] >> nth=0");
        await inbox.FillAsync("input[name^=r-] >> nth=0", "Still on the team");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Submit all my drafts" }).ClickAsync();
        await Expect(inbox.GetByText("what you keep goes on to the next reviewer")).ToBeVisibleAsync();

        var later = await fixture.Browser.VisitAsync(served, Look.Desktop, second);
        await later.GoAsync("/reviews/1/decide");
        await Expect(later.GetByText("keep by Fay First: Still on the team")).ToBeVisibleAsync();
        await later.IsPresentableAsync("review-second-stage");
        await page.ReloadAsync();
        await Expect(page.GetByText("decided, in all stages")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Lines_are_given_to_somebody_else()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var first = await served.JoinAsync("first@example.org", "Fay First", Role.Member);
        var second = await served.JoinAsync("second@example.org", "Sam Second", Role.Member);
        await served.JoinAsync("owner@example.org", "Olive Owner", Role.ComplianceManager);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.ComplianceManager);
        await page.GoAsync("/reviews/new");
        await page.FillAsync("#name", "Given on");
        await page.UncheckAsync("#rule-Manager");
        await page.UncheckAsync("#rule-TeamAdmin");
        await page.CheckAsync("#rule-Named");
        await page.SelectOptionAsync("#named", new SelectOptionValue { Label = "Fay First" });
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Olive Owner" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Prepare it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start it" }).ClickAsync();
        await Expect(page.GetByText("Close it now")).ToBeVisibleAsync();

        var inbox = await fixture.Browser.VisitAsync(served, Look.Desktop, first);
        await inbox.GoAsync("/reviews/1/decide");
        await inbox.GetByRole(AriaRole.Link, new() { Name = "Give lines to somebody else" }).ClickAsync();
        await inbox.IsPresentableAsync("review-reassign");
        await inbox.SetViewportSizeAsync(1440, 900);
        await inbox.SelectOptionAsync("#to", new SelectOptionValue { Label = "Sam Second" });
        await inbox.FillAsync("#reason", "Sam works with them");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Give the chosen lines" }).ClickAsync();
        await Expect(inbox.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose 1 to 1,000");
        await Expect(inbox.Locator("#reason")).ToHaveValueAsync("Sam works with them");
        await inbox.CheckAsync("input[name=item] >> nth=0");
        await inbox.CheckAsync("input[name=item] >> nth=1");
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Give the chosen lines" }).ClickAsync();
        await Expect(inbox.GetByText("2 lines were given on.")).ToBeVisibleAsync();

        var later = await fixture.Browser.VisitAsync(served, Look.Desktop, second);
        await later.GoAsync("/reviews/1/decide");
        await Expect(later.GetByText("2 lines are yours")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Give on lines of Fay First" }).ClickAsync();
        await page.SelectOptionAsync("#to", new SelectOptionValue { Label = "Olive Owner" });
        await page.FillAsync("#reason", "Fay left");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give all" }).ClickAsync();
        await Expect(page.GetByText("were given on.")).ToBeVisibleAsync();
        await page.IsPresentableAsync("review-reassigned");
        await inbox.GoAsync("/reviews/1/reassign");
        await Expect(inbox.GetByText("There are no such lines")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_prepared_review_is_edited_and_keeps_what_was_chosen()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var team = (await served.Get<ExploreAccess>().PictureAsync(Caller.System, served.Connector!.Id, at: null, TestContext.Current.CancellationToken)).Value.Graph.Teams[0].Slug;
        await served.JoinAsync("third@example.org", "Theo Third", Role.Member);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("owner@example.org", "Olive Owner", Role.ComplianceManager));
        await page.GoAsync("/reviews/new");
        await page.FillAsync("#name", "To be edited");
        await page.FillAsync("#teams", "no-such-team");
        await page.FillAsync("#inactive", "90");
        await page.CheckAsync("#later-TeamAdmin");
        await page.CheckAsync("#last-Named");
        await page.SelectOptionAsync("#last-named", new SelectOptionValue { Label = "Theo Third" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Prepare it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no-such-team");
        await page.FillAsync("#teams", team);
        await page.GetByRole(AriaRole.Button, new() { Name = "Prepare it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Expect(page.Locator("#name")).ToHaveValueAsync("To be edited");
        await Expect(page.Locator("#teams")).ToHaveValueAsync(team);
        await Expect(page.Locator("#inactive")).ToHaveValueAsync("90");
        await Expect(page.Locator("#last-Named")).ToBeCheckedAsync();
        await page.IsPresentableAsync("review-edit");
        await page.FillAsync("#name", "Edited");
        await page.UncheckAsync("#last-Named");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Edited" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Expect(page.Locator("#later-TeamAdmin")).ToBeCheckedAsync();
        await Expect(page.Locator("#last-Named")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Whoever_is_away_names_a_stand_in()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.JoinAsync("stand-in@example.org", "Sid Stand-In", Role.Member);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("away@example.org", "Ava Away", Role.Member));
        await LooksAsync(page, "away-empty", "/account/away");
        await page.FillAsync("#stand-in", "away@example.org");
        await page.FillAsync("#from", "2026-01-01");
        await page.FillAsync("#until", "2026-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.Locator("#stand-in")).ToHaveValueAsync("away@example.org");
        var today = TimeProvider.System.GetUtcNow();
        await page.FillAsync("#stand-in", "stand-in@example.org");
        await page.FillAsync("#from", $"{today:yyyy-MM-dd}");
        await page.FillAsync("#until", $"{today.AddDays(7):yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Sid Stand-In stands in for you")).ToBeVisibleAsync();
        await page.IsPresentableAsync("away");
        await page.GetByRole(AriaRole.Button, new() { Name = "I am not away" }).ClickAsync();
        await Expect(page.GetByText("Sid Stand-In stands in for you")).ToHaveCountAsync(0);
    }

    /// <summary>Eighty-nine lines: twenty-five on a page, found by name.</summary>
    [Fact]
    public async Task Many_lines_come_page_by_page()
    {
        await using var served = await ServedOrganization.StartReadAsync(Sentry.Simulator.OrganizationSize.Small);
        var reviewer = await served.JoinAsync("reviewer@example.org", "Rex Reviewer", Role.ComplianceManager);
        var caller = (await served.Get<Watchbill.People.SigningIn.Sessions>().FindAsync(reviewer.Token, "127.0.0.1", default))!.Caller;
        var plan = new CampaignDraft { Connector = served.Connector!.Id, Name = "All", Owner = caller.Account!.Value };
        var campaign = ServedPeople.Must(await served.Get<ManageCampaigns>().CreateAsync(plan, caller, default));
        ServedPeople.Must(await served.Get<StartCampaign>().RunAsync(campaign.Id, caller, default));
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, reviewer);

        await page.GoAsync($"/reviews/{campaign.Id}/decide");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(25);
        await page.GetByRole(AriaRole.Link, new() { Name = "Last" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("page="));
        await page.GoAsync($"/reviews/{campaign.Id}/decide?q=nobody+is+called+that");
        await Expect(page.GetByText("Nothing fits.")).ToBeVisibleAsync();
    }

    private static async Task LooksAsync(IPage page, string name, string path)
    {
        await page.GoAsync(path);
        await page.IsPresentableAsync(name);
    }
}
