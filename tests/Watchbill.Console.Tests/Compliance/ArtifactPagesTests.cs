using System.Text;
using Microsoft.Playwright;
using Watchbill.Compliance.Artifacts;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests.Compliance;

/// <summary>The pages about artifacts, in a browser.</summary>
public sealed class ArtifactPagesTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_file_is_recorded_by_one_and_erased_by_another()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var root = $"/org/{served.Connector!.Id}/artifacts";
        await fixture.CheckAsync(served, "artifacts-none", root);
        var engineer = await fixture.Browser.VisitAsync(served, Look.Desktop, await served.JoinAsync("eli@example.com", "Eli Engineer", Role.IntegrationAdministrator));
        await engineer.GoAsync(root);
        await engineer.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "policy <b>.html", MimeType = "text/html", Buffer = "<script>alert(1)</script>"u8.ToArray() });
        await engineer.GetByLabel("What it shows", new() { Exact = true }).FillAsync("That members are merged with care.");
        await engineer.GetByLabel("Controls").FillAsync("soc2:CC6.1");
        await engineer.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await Expect(engineer.GetByRole(AriaRole.Alert)).ToContainTextAsync("this is none: soc2:CC6.1");
        await Expect(engineer.GetByLabel("What it shows", new() { Exact = true })).ToHaveValueAsync("That members are merged with care.");
        await engineer.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "policy <b>.html", MimeType = "text/html", Buffer = "<script>alert(1)</script>"u8.ToArray() });
        await engineer.GetByLabel("Controls").FillAsync("soc2-tsc-2017-rev2022:CC6.1");
        await engineer.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await Expect(engineer.GetByRole(AriaRole.Heading, new() { Name = "policy <b>.html" })).ToBeVisibleAsync();
        await Expect(engineer.GetByText("text/plain")).ToBeVisibleAsync();
        await Expect(engineer.GetByRole(AriaRole.Button, new() { Name = "Erase it" })).ToHaveCountAsync(0);
        var download = await engineer.RunAndWaitForDownloadAsync(() => engineer.GetByRole(AriaRole.Link, new() { Name = "Save it" }).ClickAsync());
        Assert.Equal("<script>alert(1)</script>", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        await fixture.CheckAsync(served, "artifacts", root);

        var manager = await fixture.Browser.VisitAsync(served, Look.DarkPhone, await served.JoinAsync("mia@example.com", "Mia Manager", Role.ComplianceManager));
        await manager.GoAsync(root);
        await manager.GetByRole(AriaRole.Link, new() { Name = "policy <b>.html" }).ClickAsync();
        await manager.GetByLabel("Why", new() { Exact = true }).FillAsync("Case 7.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Hold it" }).ClickAsync();
        await Expect(manager.GetByText("It must not be erased: Case 7.")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("artifact-held");
        await manager.GetByLabel("Why", new() { Exact = true }).FillAsync("Over.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Release it" }).ClickAsync();
        await manager.GetByLabel("Why", new() { Exact = true }).FillAsync("A name was in it.");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await Expect(manager.GetByText("A name was in it.")).ToBeVisibleAsync();
        await manager.IsPresentableAsync("artifact-erased");
    }

    [Fact]
    public async Task Many_fit_on_pages_and_what_a_browser_gets_is_saved_and_never_shown()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var artifacts = served.Get<ManageArtifacts>();
        var stop = TestContext.Current.CancellationToken;
        for (var index = 0; index < 120; index++)
        {
            var draft = new ArtifactDraft(served.Connector!.Id, $"screenshot-of-the-settings-page-{index}.png", Encoding.UTF8.GetBytes($"<html>{index}"), $"How it was set on day {index}, as long as people write it down.");
            Assert.True((await artifacts.RecordAsync(draft, Caller.System, stop)).Succeeded);
        }

        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await page.GoAsync($"/org/{served.Connector!.Id}/artifacts?page=3");
        await Expect(page.GetByText("101-120 of 120")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record it" })).ToHaveCountAsync(0);
        await page.IsPresentableAsync("artifacts-many");
        var file = await page.APIRequest.GetAsync(page.At($"{ArtifactEndpoints.Files}/1"));
        Assert.Equal(200, file.Status);
        Assert.Equal("application/octet-stream", file.Headers["content-type"]);
        Assert.StartsWith("attachment", file.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Equal("nosniff", file.Headers["x-content-type-options"]);
    }
}
