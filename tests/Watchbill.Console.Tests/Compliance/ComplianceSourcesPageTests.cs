using Microsoft.Playwright;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors.Collecting;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Compliance;

/// <summary>The page about all sources of compliance, in a browser.</summary>
public sealed class ComplianceSourcesPageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task It_says_what_was_read_what_is_missing_and_why()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var source = served.Connector!.Id;
        await served.Get<RunChecks>().RunAsync(source, Caller.System, default);
        await fixture.CheckAsync(served, "compliance-sources", "/compliance-sources");
        var reader = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await reader.GoAsync("/compliance-sources");
        await Expect(reader.GetByText("Issues: never read completely. The token needs event:read")).ToBeVisibleAsync();
        await Expect(reader.GetByRole(AriaRole.Button, new() { Name = "Collect now" })).ToHaveCountAsync(0);
        await reader.GetByText("All kinds of data").ClickAsync();
        await Expect(reader.Locator("tr", new() { Has = reader.GetByRole(AriaRole.Rowheader, new() { Name = "Members" }) })).ToContainTextAsync("complete");
        await reader.IsPresentableAsync("compliance-sources-all");

        var page = await fixture.Browser.VisitAsync(served, Look.DarkPhone, Role.IntegrationAdministrator);
        await page.GoAsync("/compliance-sources");
        await page.GetByRole(AriaRole.Button, new() { Name = "Collect now: Acme" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await served.Get<CollectionQueue>().RunAsync(source, default);
        await page.GoAsync("/compliance-sources");
        await Expect(page.GetByText("Issues: never read completely")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_a_source_it_says_what_to_do()
    {
        await using var served = await ServedOrganization.StartAsync();
        await fixture.CheckAsync(served, "compliance-sources-none", "/compliance-sources");
    }
}
