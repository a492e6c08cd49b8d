using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors.Collecting;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Compliance;

/// <summary>The pages about checks, in a browser.</summary>
public sealed class CompliancePagesTests(BrowserFixture fixture, CheckedOrganization organization) : IClassFixture<CheckedOrganization>
{
    [Theory]
    [InlineData("compliance", "/compliance")]
    [InlineData("checks", "/checks")]
    [InlineData("checks-filtered", "/checks?outcome=fail&severity=high&framework=gdpr")]
    [InlineData("checks-none", "/checks?q=nothing-has-this-name")]
    [InlineData("check-members", "/checks/member-strong-auth")]
    [InlineData("check-not-evaluated", "/checks/integration-approved?set=approved")]
    [InlineData("check-log", "/checks/auditlog-privilege-grants")]
    [InlineData("check-except", "/checks/member-strong-auth?except=*")]
    [InlineData("framework", "/frameworks/soc2-tsc-2017-rev2022")]
    [InlineData("control", "/frameworks/soc2-tsc-2017-rev2022/control?id=CC6.1")]
    [InlineData("pack", "/pack?framework=gdpr")]
    public Task A_page_is_presentable(string name, string path) => CheckAsync(name, organization.Root + path);

    [Fact]
    public async Task Before_the_first_run_the_pages_say_so()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var root = $"/org/{served.Connector!.Id}";
        foreach (var (name, address) in ((string, string)[])[("compliance-not-run", $"{root}/compliance"), ("checks-not-run", $"{root}/checks"), ("check-not-run", $"{root}/checks/member-inactive"), ("framework-not-run", $"{root}/frameworks/gdpr"), ("exceptions-none", "/exceptions")])
        {
            await fixture.CheckAsync(served, name, address);
        }
    }

    [Fact]
    public async Task An_exception_is_asked_for_by_one_and_approved_by_another()
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, await organization.Served.JoinAsync("ann@example.com", "Ann Asker", Role.IntegrationAdministrator));
        await page.GoAsync($"{organization.Root}/checks/project-verify-ssl?outcome=fail");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Except ") }).First.ClickAsync();
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("The fetcher is inside.");
        await page.GetByLabel("Until").FillAsync(TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.GetByText("waits for an answer")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Decide about exception") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);

        var manager = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, await organization.Served.JoinAsync("max@example.com", "Max Manager", Role.ComplianceManager));
        await manager.GoAsync("/exceptions");
        await manager.IsPresentableAsync("exceptions");
        await manager.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Decide about exception") }).First.ClickAsync();
        await manager.GetByLabel("Why").FillAsync("Seen.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(manager.GetByText("approved", new() { Exact = true })).ToBeVisibleAsync();

        await manager.GoAsync($"{organization.Root}/compliance");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await manager.GoAsync($"{organization.Root}/checks/project-verify-ssl?outcome=excepted");
        await Expect(manager.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^exception \\d+$") })).ToBeVisibleAsync();
        await manager.IsPresentableAsync("check-excepted");
        await manager.GoAsync($"{organization.Root}/compliance");
        await Expect(manager.GetByText("Exceptions that end within 30 days")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("compliance-exception");
    }

    [Fact]
    public async Task A_parameter_is_set_with_a_reason()
    {
        var page = await VisitAsync(Role.ComplianceManager, $"{organization.Root}/checks/member-inactive");
        await page.GetByRole(AriaRole.Link, new() { Name = "Set inactiveDays" }).ClickAsync();
        await page.GetByLabel("Value").FillAsync("0");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("CIS");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        await Expect(page.GetByText("is a whole number from 1 to 3650")).ToBeVisibleAsync();
        await page.GetByLabel("Value").FillAsync("45");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("CIS");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("inactiveDays") })).ToContainTextAsync("45");

        var auditor = await VisitAsync(Role.Auditor, $"{organization.Root}/checks/member-inactive");
        await Expect(auditor.GetByRole(AriaRole.Link, new() { Name = "Set inactiveDays" })).ToHaveCountAsync(0);
        await Expect(auditor.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Except |exception for all") })).ToHaveCountAsync(0);
        var file = await auditor.APIRequest.GetAsync(auditor.At($"{organization.Root}/checks/member-inactive.csv"));
        Assert.StartsWith("check,resource_kind", (await file.TextAsync()).Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_is_made_on_its_page()
    {
        var page = await VisitAsync(Role.Auditor, $"{organization.Root}/compliance");
        await page.GetByRole(AriaRole.Link, new() { Name = "Evidence pack" }).ClickAsync();
        await page.GetByLabel("Framework").SelectOptionAsync("gdpr");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync());
        Assert.EndsWith(".zip", download.SuggestedFilename, StringComparison.Ordinal);
        var found = VerifyPack.Run(await download.PathAsync(), null);
        Assert.Empty(found.Findings);
        await Expect(page.GetByText(found.KeyFingerprint!)).ToBeVisibleAsync();

        await page.GetByLabel("Up to").FillAsync("2025-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The checks were not run before the end");
        await Expect(page.GetByLabel("Up to")).ToHaveValueAsync("2025-01-01");
        await page.IsPresentableAsync("pack-refused");
    }

    [Fact]
    public async Task Packs_of_several_sources_are_made_in_one_file()
    {
        await using (var nothing = await ServedOrganization.StartAsync())
        {
            await fixture.CheckAsync(nothing, "packs-none", "/packs");
        }

        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await fixture.CheckAsync(served, "packs-one", "/packs");
        await served.Get<RunChecks>().RunAsync(served.Connector!.Id, Caller.System, default);
        var first = served.Connector.Id;
        await served.ConnectAsync("Zeta");
        await served.ReadAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await page.GoAsync("/compliance-sources");
        await page.GetByRole(AriaRole.Link, new() { Name = "Evidence packs" }).ClickAsync();
        await page.GetByLabel("Framework").SelectOptionAsync("gdpr");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no pack of one of them");
        await Expect(page.GetByLabel("Zeta")).ToBeCheckedAsync();
        await page.IsPresentableAsync("packs-refused");

        await served.Get<RunChecks>().RunAsync(served.Connector.Id, Caller.System, default);
        await page.GoAsync("/packs");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Make them" }).ClickAsync());
        var found = VerifyPack.Run(await download.PathAsync(), null);
        Assert.Empty(found.Findings);
        Assert.Equal(2, found.Packs);
        Assert.NotEqual(first, served.Connector.Id);
        await page.GetByLabel("Zeta").UncheckAsync();
        await page.GetByLabel("Acme").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose 1 to 50 sources");
    }

    [Fact]
    public async Task Lines_of_the_log_are_acknowledged_together()
    {
        var page = await VisitAsync(Role.ComplianceManager, $"{organization.Root}/checks/auditlog-destructive-actions?outcome=fail");
        var boxes = page.GetByRole(AriaRole.Checkbox);
        Assert.NotEqual(0, await boxes.CountAsync());
        await boxes.First.CheckAsync();
        await page.GetByLabel("The chosen lines are in order because").FillAsync("Ticket OPS-7.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("auditlog-destructive-actions$"));
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    private Task CheckAsync(string name, string address) => fixture.CheckAsync(organization.Served, name, address);

    private async Task<IPage> VisitAsync(Role role, string address)
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, role);
        await page.GoAsync(address);
        return page;
    }
}

/// <summary>An organization whose checks were run.</summary>
public sealed class CheckedOrganization : IAsyncLifetime
{
    public ServedOrganization Served { get; private set; } = null!;

    public string Root => $"/org/{Served.Connector!.Id}";

    public async ValueTask InitializeAsync()
    {
        Served = await ServedOrganization.StartReadAsync(new OrganizationSize(Members: 25, Teams: 8, Projects: 12, AuditRows: 400, IssuesPerProject: 20), readsAuditLog: true);
        await Served.Get<CollectionQueue>().RunAsync(Served.Connector!.Id, TestContext.Current.CancellationToken);
        var run = await Served.Get<RunChecks>().RunAsync(Served.Connector.Id, Caller.System, TestContext.Current.CancellationToken);
        Assert.Contains(run.Value.Lines, static line => line.Outcome is CheckOutcome.Fail);
    }

    public ValueTask DisposeAsync() => Served.DisposeAsync();
}
