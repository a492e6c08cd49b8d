using Microsoft.Playwright;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Compliance;

/// <summary>The pages about frameworks, in a browser.</summary>
public sealed class FrameworkPagesTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_framework_is_brought_looked_at_saved_and_removed()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await fixture.CheckAsync(served, "frameworks", "/frameworks");
        await fixture.CheckAsync(served, "framework-definition", "/frameworks/soc2-tsc-2017-rev2022");
        await fixture.CheckAsync(served, "framework-import", "/frameworks/import");
        var manager = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("mia@example.com", "Mia Manager", Role.ComplianceManager));
        await manager.GoAsync("/frameworks");
        await manager.GetByRole(AriaRole.Link, new() { Name = "Bring your own" }).ClickAsync();
        var table = manager.Locator("form", new() { Has = manager.GetByRole(AriaRole.Heading, new() { Name = "As a table" }) });
        await table.GetByLabel("Id", new() { Exact = true }).FillAsync("acme");
        await table.GetByLabel("Name", new() { Exact = true }).FillAsync("Acme <list>");
        await table.GetByLabel("Edition").FillAsync("2026");
        await table.GetByLabel("Lines of comma-separated values").FillAsync("control,title,theme,checks\nA.1,Leavers,access,member-inactve\n");
        await table.GetByLabel("Why", new() { Exact = true }).FillAsync("Our list.");
        await table.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Alert)).ToContainTextAsync("Line 2: Control A.1 names the check member-inactve");
        await manager.IsPresentableAsync("framework-refused");
        await Expect(table.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Acme <list>");
        await table.GetByLabel("Lines of comma-separated values").FillAsync("control,title,theme,checks\nA.1,Leavers,access,member-inactive\nA.2,Doors,,\n");
        await table.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Acme <list> 2026" })).ToBeVisibleAsync();
        await Expect(manager.GetByText("about 1 of 2 controls")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("framework-own");

        var download = await manager.RunAndWaitForDownloadAsync(() => manager.GetByRole(AriaRole.Link, new() { Name = "YAML" }).ClickAsync());
        Assert.Contains("- member-inactive", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await manager.GetByRole(AriaRole.Link, new() { Name = "Replace it" }).ClickAsync();
        await Expect(manager.GetByLabel("The whole framework")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("id: acme"));
        await manager.GoAsync("/frameworks");
        await Expect(manager.GetByText("All are followed.")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("frameworks-choosing");
        foreach (var tick in await manager.Locator("input[name=framework]:not([value=acme]):not([value=gdpr])").AllAsync())
        {
            await tick.UncheckAsync();
        }

        await manager.GetByLabel("Why", new() { Exact = true }).FillAsync("What we are audited against.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Follow those with a tick" }).ClickAsync();
        await Expect(manager.GetByText("2 of 9 are followed")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("frameworks-followed");
        await manager.GoAsync($"/org/{served.Connector!.Id}/frameworks/acme");
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Acme <list> 2026" })).ToBeVisibleAsync();
        await manager.GetByRole(AriaRole.Link, new() { Name = "Its definition" }).ClickAsync();
        await manager.GetByLabel("Why", new() { Exact = true }).FillAsync("Over.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Frameworks" })).ToBeVisibleAsync();
        await Expect(manager.GetByRole(AriaRole.Link, new() { Name = "Acme <list>" })).ToHaveCountAsync(0);
    }
}
