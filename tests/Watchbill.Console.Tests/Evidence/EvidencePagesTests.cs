using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State.Evidence;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Evidence;

/// <summary>The pages that show what was collected beside access, in a browser.</summary>
public sealed class EvidencePagesTests(BrowserFixture fixture, CollectedOrganization organization) : IClassFixture<CollectedOrganization>
{
    [Theory]
    [InlineData("evidence", "")]
    [InlineData("evidence-issues", "/issues")]
    [InlineData("evidence-issues-filtered", "/issues?state=resolved&q=a")]
    [InlineData("evidence-issues-none", "/issues?q=nothing-has-this-name")]
    [InlineData("evidence-settings", "/project-settings")]
    [InlineData("evidence-failed", "/workflows")]
    [InlineData("evidence-on-demand", "/issue-events")]
    public Task A_page_is_presentable(string name, string path) => CheckAsync(name, $"{organization.Root}/evidence{path}");

    [Fact]
    public async Task The_page_of_a_record_tells_how_it_was()
    {
        var issue = organization.Changed;
        await CheckAsync("evidence-record", $"{organization.Root}/evidence/issues/record?key={issue.Id}");
        var page = await VisitAsync(Role.Auditor, "/issues");

        await page.GetByLabel("Name or key").FillAsync(issue.ShortId);
        await page.GetByRole(AriaRole.Link, new() { Name = issue.ShortId, Exact = true }).ClickAsync();

        await Expect(page.GetByText("was unresolved")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Read its activity and events" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whoever_manages_sources_asks_for_collections()
    {
        var page = await VisitAsync(Role.SuperAdministrator, "/environments");

        await page.GetByRole(AriaRole.Button, new() { Name = "Collect now" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/evidence$"));
        await Expect(page.GetByText("Collections were asked for")).ToBeVisibleAsync();
        organization.Served.Sentry.Faults.Add(new FaultRule(FaultAction.Delay, "*/environments/") { Delay = TimeSpan.FromSeconds(4), Times = 1 });
        var collecting = organization.Served.Get<CollectionQueue>().RunAsync(organization.Served.Connector!.Id, TestContext.Current.CancellationToken);

        // Nobody loads the page: it tells by itself how far the collection is, and that it is over.
        await Expect(page.GetByText("Reading: 1 request so far.")).ToBeVisibleAsync();
        await page.IsPresentableAsync("evidence-collecting");
        await collecting;
        await Expect(page.GetByText("Collections were asked for")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Collecting", new() { Exact = true })).ToHaveCountAsync(0);
    }

    private Task CheckAsync(string name, string address) => fixture.CheckAsync(organization.Served, name, address);

    private async Task<IPage> VisitAsync(Role role, string path)
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, role);
        await page.GoAsync($"{organization.Root}/evidence{path}");
        return page;
    }
}

/// <summary>An organization whose evidence was collected, once with a change and once with a failure.</summary>
public sealed class CollectedOrganization : IAsyncLifetime
{
    public ServedOrganization Served { get; private set; } = null!;

    public string Root => $"/org/{Served.Connector!.Id}";

    /// <summary>An issue that was unresolved first and is resolved now.</summary>
    public Issue Changed { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Served = await ServedOrganization.StartReadAsync(new OrganizationSize(Members: 25, Teams: 8, Projects: 15, AuditRows: 300, IssuesPerProject: 30));
        await CollectAsync();
        var acme = Served.Sentry.World.Organization("acme");
        Changed = acme.Evidence.Issues.First(static issue => issue.Status == Issue.Unresolved);
        acme.SetStatus(Changed, Issue.Resolved);
        Served.Sentry.Faults.Add(new FaultRule(FaultAction.Respond, "*/workflows/") { Status = 403, Body = """{"detail":"You do not have permission to perform this action."}""" });
        await Served.Get<RequestCollection>().RunAsync(
            Served.Connector!.Id, new WantedEvidence([EvidenceKind.Issues, EvidenceKind.Workflows]), Caller.AtCommandLine(new(Kernel.ActorKind.CommandLine, "tester")), TestContext.Current.CancellationToken);
        await CollectAsync();
    }

    public ValueTask DisposeAsync() => Served.DisposeAsync();

    private Task CollectAsync() => Served.Get<CollectionQueue>().RunAsync(Served.Connector!.Id, TestContext.Current.CancellationToken);
}
