using Microsoft.Playwright;
using Watchbill.Access.Explore;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors.Collecting;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;

namespace Watchbill.Console.Tests;

/// <summary>Takes the pictures of the README: with WATCHBILL_TEST_PICTURES naming a folder, run it by name, as it does not run with the others.</summary>
public sealed class ReadmePictureTests(BrowserFixture fixture)
{
    private static readonly Look Window = new(1280, 800, Dark: false);

    [Fact(Explicit = true)]
    public async Task Take_the_pictures_of_the_README()
    {
        await using var served = await ServedOrganization.StartReadAsync(new OrganizationSize(Members: 400, Teams: 60, Projects: 150, AuditRows: 100), readsAuditLog: true);
        var picture = (await served.Get<ExploreAccess>().PictureAsync(Caller.System, served.Connector!.Id, at: null, CancellationToken.None)).Value;
        var project = picture.Projects.Where(static row => row.Teams.Count == 2).MaxBy(static row => row.Held)!.Project;
        var page = await fixture.Browser.VisitAsync(served, Window, Role.SuperAdministrator);

        await page.GoAsync($"/org/{served.Connector.Id}");
        await KeepAsync(page, "overview");
        await page.GoAsync($"/org/{served.Connector.Id}/projects/{project.Id}");
        await KeepAsync(page, "project");
        await page.GoAsync("/sources/new/sentry");
        await page.FillAsync("#name", "Acme");
        await page.CheckAsync("#place-self-hosted");
        await page.FillAsync("#own-address", served.Sentry.BaseAddress.AbsoluteUri);
        await page.FillAsync("#slug", ServedOrganization.Slug);
        await page.FillAsync("#token", served.Token);
        await page.ClickAsync("details.more summary");
        await page.CheckAsync("#private-networks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await page.WaitForSelectorAsync(".probes");
        await page.EvaluateAsync("() => window.scrollTo(0, 0)");
        await KeepAsync(page, "preflight");

        await served.Get<CollectionQueue>().RunAsync(served.Connector.Id, CancellationToken.None);
        await served.Get<RunChecks>().RunAsync(served.Connector.Id, Caller.System, CancellationToken.None);
        await page.GoAsync($"/org/{served.Connector.Id}/compliance");
        await KeepAsync(page, "compliance");
    }

    /// <summary>What a person sees first: the window, not the whole page.</summary>
    private static Task KeepAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Environment.GetEnvironmentVariable(PageChecks.PicturesVariable)!, $"readme-{name}.png") });
}
