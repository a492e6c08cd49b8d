using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Compliance;

/// <summary>The pages about actions, in a browser.</summary>
public sealed class ActionPagesTests(BrowserFixture fixture, CheckedOrganization organization) : IClassFixture<CheckedOrganization>
{
    [Theory]
    [InlineData("actions", "/actions")]
    [InlineData("actions-board", "/actions?view=board")]
    [InlineData("actions-filtered", "/actions?severity=critical&owner=nobody&overdue=true&state=all")]
    [InlineData("action-new", "/actions/new")]
    [InlineData("action-import", "/actions/import")]
    public Task A_page_is_presentable(string name, string path) => fixture.CheckAsync(organization.Served, name, path);

    [Fact]
    public async Task Before_anything_is_to_do_the_pages_say_so()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await fixture.CheckAsync(served, "actions-none", "/actions");
        await fixture.CheckAsync(served, "actions-board-none", "/actions?view=board");
    }

    [Fact]
    public async Task Somebody_gives_an_action_to_somebody_who_does_it()
    {
        var served = organization.Served;
        var manager = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("mia@example.com", "Mia Manager", Role.ComplianceManager));
        var engineer = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("eli@example.com", "Eli Engineer", Role.IntegrationAdministrator));
        await manager.GoAsync("/actions/new");
        await manager.GetByLabel("What is to be done").FillAsync("Write down who may merge members");
        await manager.GetByLabel("Owner").SelectOptionAsync(new SelectOptionValue { Label = "Eli Engineer (eli@example.com)" });
        await manager.GetByLabel("Due").FillAsync("2020-01-01");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Open it" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Alert)).ToContainTextAsync("due after now");
        await Expect(manager.GetByLabel("What is to be done")).ToHaveValueAsync("Write down who may merge members");
        await manager.GetByLabel("Due").FillAsync("");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Open it" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Write down who may merge members" })).ToBeVisibleAsync();

        await engineer.GoAsync("/actions?owner=me");
        await engineer.GetByRole(AriaRole.Link, new() { Name = "Write down who may merge members" }).ClickAsync();
        await Expect(engineer.GetByRole(AriaRole.Button, new() { Name = "Move it" })).ToHaveCountAsync(0);
        await engineer.GetByRole(AriaRole.Button, new() { Name = "I work on it" }).ClickAsync();
        await Expect(engineer.GetByText("in progress", new() { Exact = true })).ToBeVisibleAsync();
        await engineer.GetByLabel("What", new() { Exact = true }).FillAsync("It is <b>in</b> the handbook.\nOn the second page.");
        await engineer.GetByLabel("Where evidence is").FillAsync("https://handbook.example.com/sentry");
        await engineer.GetByRole(AriaRole.Button, new() { Name = "Say it" }).ClickAsync();
        await Expect(engineer.GetByText("It is <b>in</b> the handbook.")).ToBeVisibleAsync();
        await engineer.IsPresentableAsync("action-of-hand");
        await engineer.GetByLabel("Why").FillAsync("Done.");
        await engineer.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(engineer.GetByRole(AriaRole.Button, new() { Name = "Reopen" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_action_of_a_check_leads_to_it_and_back()
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.DarkPhone, Role.ComplianceManager);
        await page.GoAsync($"{organization.Root}/checks/project-verify-ssl");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Its action is ") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToHaveCountAsync(0);
        await page.GetByLabel("Due").FillAsync(TimeProvider.System.GetUtcNow().AddDays(400).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Why").FillAsync("The vendor needs that long.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await Expect(page.GetByText("The vendor needs that long.")).ToBeVisibleAsync();
        await page.IsPresentableAsync("action-of-check");
        await page.GetByRole(AriaRole.Link, new() { Name = "project-verify-ssl" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/checks/project-verify-ssl$"));
    }

    [Fact]
    public async Task A_file_is_imported_all_or_nothing_and_exported()
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, Role.ComplianceManager);
        await page.GoAsync("/actions/import");
        await page.GetByLabel("Lines of comma-separated values").FillAsync("title,severity\nFrom a file,low\nWrong,grave");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Line 3");
        await page.GetByLabel("Lines of comma-separated values").FillAsync("title,severity\nFrom a file,low\n=1+1,high");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "From a file" })).ToBeVisibleAsync();
        var file = await (await page.APIRequest.GetAsync(page.At("/actions.csv?q=file"))).TextAsync();
        Assert.Equal(2, file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var auditor = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, Role.Auditor);
        await auditor.GoAsync("/actions");
        await Expect(auditor.GetByRole(AriaRole.Link, new() { Name = "New action" })).ToHaveCountAsync(0);
        Assert.Equal(403, (await auditor.GoAsync("/actions/new"))!.Status);
    }

    [Fact]
    public async Task Ten_thousand_fit_on_pages()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var import = served.Get<ImportActions>();
        for (var file = 0; file < 10; file++)
        {
            var lines = string.Concat(Enumerable.Range(0, ImportActions.MostRows).Select(index => $"Task {file}-{index} that has a title as long as people write them,{(index % 2 == 0 ? "low" : "high")}\n"));
            Assert.True((await import.RunAsync(served.Connector!.Id, "title,severity\n" + lines, Caller.System, TestContext.Current.CancellationToken)).Succeeded);
        }

        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.ComplianceManager);
        await page.GoAsync("/actions?page=200");
        await Expect(page.GetByText("9,951-10,000 of 10,000")).ToBeVisibleAsync();
        await page.IsPresentableAsync("actions-many");
        await page.GoAsync("/actions?view=board");
        await page.IsPresentableAsync("actions-board-many");
        Assert.Equal(Severity.High, (await served.Get<ManageActions>().ListAsync(new ActionSearch { Take = 1 }, Caller.System, TestContext.Current.CancellationToken)).Value.Rows[0].Severity);
    }
}
