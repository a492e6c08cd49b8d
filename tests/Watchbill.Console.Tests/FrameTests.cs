using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Console.Tests;

/// <summary>What all pages have around them.</summary>
public sealed class FrameTests(BrowserFixture fixture)
{
    [Fact]
    public async Task An_address_of_nothing_is_explained_accessibly()
    {
        await using var served = await ServedOrganization.StartAsync();
        foreach (var look in (Look[])[Look.Desktop, Look.DarkDesktop, Look.Phone])
        {
            var page = await fixture.Browser.VisitAsync(served, look, Role.SuperAdministrator);

            var answer = await page.GoAsync("/nothing-here");

            Assert.Equal(404, answer!.Status);
            await page.ShootAsync($"not-found-{look.Width}-{(look.Dark ? "dark" : "light")}");
            await page.IsAccessibleAsync();
            await page.FitsAsync();
        }
    }

    /// <summary>The measure of all page tests: a page that axe would complain of, in each of the ways that depend on how it is looked at, and one too wide.</summary>
    [Theory]
    [InlineData("image-alt", "<img src='data:,'>")]
    [InlineData("color-contrast", "<p style='color:#999;background:#aaa'>hardly to be read</p>")]
    [InlineData("pixels wide", "<p style='width:3000px'>far too wide</p>")]
    public async Task A_page_that_is_not_presentable_is_found(string complaint, string content)
    {
        await using var served = await ServedOrganization.StartAsync();
        var page = await fixture.Browser.VisitAsync(served, Look.Desktop);
        await page.SetContentAsync($"<!doctype html><html lang=en><title>Broken</title><main><h1>Broken</h1>{content}</main></html>");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => page.IsPresentableAsync("broken"));

        Assert.Contains(complaint, failure.Message, StringComparison.Ordinal);
    }
}
