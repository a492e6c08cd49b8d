using System.Net;
using Watchbill.Console.Tests.Explore;
using Watchbill.People;
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

        await page.GotoAsync("/audit");

        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Watchbill");
        await page.IsPresentableAsync("audit");
    }

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
