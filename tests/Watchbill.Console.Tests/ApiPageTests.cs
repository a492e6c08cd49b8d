using Watchbill.Console.Tests.Explore;
using Watchbill.People;
using Watchbill.Server.Testing;
using static Microsoft.Playwright.Assertions;

namespace Watchbill.Console.Tests;

/// <summary>The reference of the API, made out of the document that programs read.</summary>
public sealed class ApiPageTests(BrowserFixture fixture, ReadOrganization organization) : IClassFixture<ReadOrganization>
{
    [Fact]
    public async Task It_describes_every_address_and_is_presentable()
    {
        var page = await fixture.Browser.VisitAsync(organization.Served, Look.Desktop, Role.Member);

        await page.GoAsync("/api-reference");

        await page.GetByText("GET /api/v1/connectors/{connector}/members", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("#listMembers")).ToContainTextAsync("twoFactor");
        await Expect(page.Locator("#listMembers")).ToContainTextAsync("yes, no, unknown");
        await page.Locator("#listMembers").GetByText("AccessPageOfMemberRow").ClickAsync();
        await Expect(page.Locator("#type-accesspageofmemberrow")).ToBeInViewportAsync();
        await page.IsPresentableAsync("api-types");
        await page.GoAsync("/api-reference");
        await page.IsPresentableAsync("api-reference");
    }

    [Theory]
    [InlineData("/api-reference")]
    [InlineData("/api-reference/types")]
    [InlineData("/api-reference/types?part=2")]
    public async Task It_is_no_larger_than_any_page_may_be(string address)
    {
        using var client = organization.Served.Client(Role.Member);

        var content = await client.GetByteArrayAsync(new Uri(address, UriKind.Relative));

        Assert.InRange(content.Length, 10_000, 300_000);
    }
}
