using System.Net;
using Microsoft.Playwright;
using Watchbill.Console.Tests.Explore;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests;

/// <summary>The record of what was done in Watchbill.</summary>
public sealed class AuditPageTests(BrowserFixture fixture, ReadOrganization organization) : IClassFixture<ReadOrganization>
{
    [Fact]
    public async Task It_shows_what_was_done_and_is_presentable()
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, Role.Auditor);

        await page.GoAsync("/audit");

        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Watchbill");
        await page.IsPresentableAsync("audit");
    }

    [Fact]
    public async Task Keys_are_shown_replaced_and_the_log_is_verified()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await fixture.CheckAsync(served, "keys-none", "/audit/keys");
        await served.Get<SealLog>().RunAsync(default);
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        await page.GoAsync("/audit/keys");
        await page.GetByText("Replace the key of the log").ClickAsync();
        await page.GetByLabel("Why").And(page.Locator("#replace-log-reason")).FillAsync("Yearly.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace it" }).First.ClickAsync();
        await Expect(page.GetByText("replaced", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify it now" }).ClickAsync();
        await Expect(page.GetByText("Intact:")).ToBeVisibleAsync();
        await page.GetByText("The 2 public keys").ClickAsync();
        await page.IsPresentableAsync("keys-replaced");

        var stale = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.SuperAdministrator);
        await stale.GoAsync("/audit/keys");
        await served.Get<EvidenceKeys>().ReplaceAsync(KeyUse.Log, await CurrentAsync(served), "Meanwhile.", Caller.System, default);
        await stale.GetByText("Replace the key of the log").ClickAsync();
        await stale.Locator("#replace-log-reason").FillAsync("Yearly.");
        await stale.GetByRole(AriaRole.Button, new() { Name = "Replace it" }).First.ClickAsync();
        await Expect(stale.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is not the key that signs now");
        await stale.IsPresentableAsync("keys-refused");

        var auditor = await fixture.Browser.VisitAsync(served, Look.Desktop, Role.Auditor);
        await auditor.GoAsync("/audit");
        await auditor.GetByRole(AriaRole.Link, new() { Name = "Evidence log and keys" }).ClickAsync();
        await Expect(auditor.GetByText("signs now").First).ToBeVisibleAsync();
        await Expect(auditor.GetByText("Replace the key of the log")).ToHaveCountAsync(0);
    }

    private static async Task<string> CurrentAsync(ServedOrganization served) =>
        (await served.Get<EvidenceKeys>().ListAsync(Caller.System, default)).Value.Single(static key => key is { Use: KeyUse.Log, IsCurrent: true }).Fingerprint;

    [Theory]
    [InlineData("?kind=%00%01&id=%3Cscript%3E&before=-1&until=never")]
    [InlineData("?before=99999999999999999999&until=9999-12-31")]
    public async Task Hostile_addresses_are_answered_with_a_page(string query)
    {
        using var client = organization.Served.Client(Role.Auditor);

        using var answer = await client.GetAsync("/audit" + query);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_may_not_read_it_is_refused()
    {
        using var client = organization.Served.Client(Role.IntegrationAdministrator);

        using var answer = await client.GetAsync("/audit");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
