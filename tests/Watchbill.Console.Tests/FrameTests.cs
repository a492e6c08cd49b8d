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

            var answer = await page.GotoAsync("/nothing-here");

            Assert.Equal(404, answer!.Status);
            await page.ShootAsync($"not-found-{look.Width}-{(look.Dark ? "dark" : "light")}");
            await page.IsAccessibleAsync();
            await page.FitsAsync();
        }
    }
}
