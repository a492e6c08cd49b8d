using Microsoft.Playwright;
using Xunit;

namespace Watchbill.Server.Testing;

/// <summary>Goes through a page as somebody does who has no mouse.</summary>
public static class Keyboard
{
    /// <summary>More stops than any page has before what a test looks for.</summary>
    private const int MostStops = 150;

    /// <summary>
    /// Presses Tab until the focus is there; fails when Tab does not lead there or when nothing shows that the focus is there.
    /// </summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(target);
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                Assert.True(
                    await target.EvaluateAsync<bool>("element => { const style = getComputedStyle(element); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }"),
                    $"Nothing shows that {target} has the focus on {page.Url}.");
                return;
            }
        }

        Assert.Fail($"Tab does not lead to {target} on {page.Url}.");
    }

    /// <summary>Goes there with Tab and types.</summary>
    public static async Task TabAndTypeAsync(this IPage page, ILocator target, string text)
    {
        await page.TabToAsync(target);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes there with Tab, presses Enter and waits for the page that it leads to.</summary>
    public static async Task TabAndEnterAsync(this IPage page, ILocator target)
    {
        await page.TabToAsync(target);
        var before = page.Url;
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).Not.ToHaveURLAsync(before);
        await page.WaitForLoadStateAsync();
    }
}
