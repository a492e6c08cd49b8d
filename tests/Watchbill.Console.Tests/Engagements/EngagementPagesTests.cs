using Microsoft.Playwright;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Runs;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Engagements;

/// <summary>The pages about audit engagements, in a browser, by those who open them and those who audit.</summary>
public sealed class EngagementPagesTests(BrowserFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_engagement_is_opened_audited_and_closed()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var source = served.Connector!.Id;
        Assert.True((await served.Get<RunChecks>().RunAsync(source, Caller.System, None)).Succeeded);
        await served.Get<ManageArtifacts>().RecordAsync(new ArtifactDraft(source, "leavers.txt", "nobody"u8.ToArray(), "Who left."), Caller.System, None);
        await fixture.CheckAsync(served, "engagements-none", "/engagements");
        await fixture.CheckAsync(served, "engagement-new", "/engagements/new");
        var auditing = await served.JoinAsync("dee@example.org", "Dee Auditor", Role.ExternalAuditor);
        var manager = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("mia@example.com", "Mia Manager", Role.ComplianceManager));
        await OpenAsync(manager);
        await manager.IsPresentableAsync("engagement-opened");
        await fixture.CheckAsync(served, "engagements", "/engagements");

        // The auditor lands in the list of engagements, and sees neither menus nor pages beside them.
        var auditor = await fixture.Browser.VisitAsync(served, Look.Desktop, auditing);
        await auditor.GoAsync("/");
        await Expect(auditor.GetByRole(AriaRole.Heading, new() { Name = "Audit engagements" })).ToBeVisibleAsync();
        await Expect(auditor.GetByRole(AriaRole.Link, new() { Name = "Members" })).ToHaveCountAsync(0);
        foreach (var path in (string[])[$"/org/{source}", $"/org/{source}/compliance", "/sources", "/audit", "/people", "/frameworks", "/actions", $"/org/{source}/pack.zip?framework=gdpr", "/engagements/new", $"{ArtifactEndpoints.Files}/1"])
        {
            Assert.Equal(403, (await auditor.APIRequest.GetAsync(auditor.At(path), new() { MaxRedirects = 0 })).Status);
        }

        await auditor.GetByRole(AriaRole.Link, new() { Name = "SOC 2 Type II, 2026" }).ClickAsync();
        await auditor.IsPresentableAsync("engagement-auditor");
        await auditor.GetByLabel("In one line").FillAsync("Leavers <of the period>");
        await auditor.GetByLabel("What you need").FillAsync("Who left, and when was their access taken?");
        await auditor.GetByLabel("For control").SelectOptionAsync("CC6.2");
        await auditor.GetByLabel("By (optional)", new() { Exact = true }).FillAsync("2027-01-15");
        await auditor.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(auditor.GetByRole(AriaRole.Heading, new() { Name = "1. Leavers <of the period>" })).ToBeVisibleAsync();

        await AskForAListAsync(auditor);
        await manager.GoAsync("/engagements/1/requests/1");
        await manager.IsPresentableAsync("evidence-request-open");
        await manager.GetByLabel("In your words").FillAsync("Nobody did.");
        await manager.GetByLabel("File").SelectOptionAsync("1");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await Expect(manager.GetByText("Nobody did.")).ToBeVisibleAsync();

        await auditor.ReloadAsync();
        await auditor.IsPresentableAsync("evidence-request-answered");
        var file = await auditor.RunAndWaitForDownloadAsync(() => auditor.GetByRole(AriaRole.Link, new() { Name = "The file that came with it" }).ClickAsync());
        Assert.Equal("nobody", await File.ReadAllTextAsync(await file.PathAsync(), None));
        await auditor.GetByLabel("In your words").FillAsync("Thank you.");
        await auditor.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(auditor.GetByText("accepted").First).ToBeVisibleAsync();

        await LookAsync(auditor);
        await manager.GoAsync("/engagements/1");
        await manager.GetByLabel("Why it ends").FillAsync("The report is out.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Close it" }).ClickAsync();
        await Expect(manager.GetByText("The report is out.")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("engagement-closed");
        Assert.Equal(404, (await auditor.GoAsync("/engagements/1"))!.Status);
        await auditor.GoAsync("/engagements");
        await Expect(auditor.GetByText("No engagement names you now")).ToBeVisibleAsync();
    }

    private static async Task OpenAsync(IPage manager)
    {
        await manager.GoAsync("/engagements/new");
        await manager.GetByLabel("Name", new() { Exact = true }).FillAsync("SOC 2 Type II, 2026");
        await manager.GetByLabel("Who audits").FillAsync("Example Audit");
        await manager.GetByLabel("Framework").SelectOptionAsync("soc2-tsc-2017-rev2022");
        await manager.GetByLabel("The period begins on").FillAsync("2026-10-01");
        await manager.GetByLabel("The last day of the period").FillAsync("2027-09-30");
        await manager.GetByLabel("Their access ends on").FillAsync("2027-12-31");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Open it" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Alert)).ToContainTextAsync("Name 1 to 50 open accounts");
        await Expect(manager.GetByLabel("Who audits")).ToHaveValueAsync("Example Audit");
        await manager.GetByLabel("Dee Auditor").CheckAsync();
        await manager.GetByRole(AriaRole.Button, new() { Name = "Open it" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "SOC 2 Type II, 2026" })).ToBeVisibleAsync();
    }

    private static async Task AskForAListAsync(IPage auditor)
    {
        await auditor.GoAsync("/engagements/1");
        await auditor.GetByLabel("Lines of comma-separated values").FillAsync("title,text,control\nPolicy,The policy,XX\n");
        await auditor.GetByRole(AriaRole.Button, new() { Name = "Ask for all" }).ClickAsync();
        await Expect(auditor.GetByRole(AriaRole.Alert)).ToContainTextAsync("Line 2: The engagement is not about control XX.");
        await auditor.GetByLabel("Lines of comma-separated values").FillAsync("title,text,control\nPolicy,The policy,CC6.1\n");
        await auditor.GetByRole(AriaRole.Button, new() { Name = "Ask for all" }).ClickAsync();
        await Expect(auditor.GetByRole(AriaRole.Link, new() { Name = "2. Policy" })).ToBeVisibleAsync();
        await auditor.GoAsync("/engagements/1/requests/1");
    }

    private static async Task LookAsync(IPage auditor)
    {
        await auditor.GoAsync("/engagements/1");
        await auditor.GetByRole(AriaRole.Link, new() { NameRegex = new("^CC6.1 of ") }).ClickAsync();
        await auditor.GetByLabel("Say something").FillAsync("Seen.");
        await auditor.GetByRole(AriaRole.Button, new() { Name = "Say it" }).ClickAsync();
        await Expect(auditor.GetByText("Seen.")).ToBeVisibleAsync();
        await auditor.IsPresentableAsync("engagement-control");
        await auditor.Locator("section", new() { Has = auditor.GetByRole(AriaRole.Heading, new() { Name = "Checks" }) }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(auditor.GetByRole(AriaRole.Heading, new() { Name = "What it said of each resource" })).ToBeVisibleAsync();
        await auditor.IsPresentableAsync("engagement-check");
        await auditor.GoAsync("/engagements/1/sample");
        await auditor.GetByLabel("List").SelectOptionAsync("populations/members");
        await auditor.GetByLabel("Rows").FillAsync("5");
        await auditor.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        await Expect(auditor.GetByText("Draw it again")).ToBeVisibleAsync();
        await Expect(auditor.Locator("tbody tr")).ToHaveCountAsync(5);
        await auditor.IsPresentableAsync("engagement-sample");
        await auditor.GoAsync("/engagements/1");
        var pack = await auditor.RunAndWaitForDownloadAsync(() => auditor.GetByRole(AriaRole.Link, new() { Name = "Evidence pack" }).ClickAsync());
        Assert.EndsWith(".zip", pack.SuggestedFilename, StringComparison.Ordinal);
    }
}
