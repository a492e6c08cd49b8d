using Microsoft.Playwright;
using Xunit;

namespace Watchbill.Server.Testing;

/// <summary>What must hold on every page.</summary>
public static class PageChecks
{
    /// <summary>
    /// Names a folder; when it is set, <see cref="ShootAsync"/> puts pictures there for people to look at.
    /// </summary>
    public const string PicturesVariable = "WATCHBILL_TEST_PICTURES";

    /// <summary>
    /// Judges the page in the page: the package's own way opens a second tab for each judgement and sends every element that passed. Only
    /// what is wrong is sent, a line for each rule with the first elements that break it.
    /// </summary>
    private const string Judge = """
        async () => {
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            const found = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
            return found.violations.map(rule => `${rule.id}: ${rule.help} at ${rule.nodes.slice(0, 4).map(node => node.html).join(' | ')}`);
        }
        """;

    private const int MostReloads = 5;

    /// <summary>Each width and each scheme is judged once: judging takes longest.</summary>
    private static readonly Look[] Judged = [Look.Desktop, Look.DarkPhone];

    private static string? PicturesFolder => Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder ? folder : null;

    /// <summary>No violation that axe finds.</summary>
    public static async Task IsAccessibleAsync(this IPage page)
    {
        var violations = await JudgeAsync(page);
        Assert.True(violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>A page that loads itself anew, because what it shows has changed, takes axe away in the middle: it is looked at again, and some change more than once.</summary>
    private static async Task<string[]> JudgeAsync(IPage page)
    {
        for (var left = MostReloads; ; left--)
        {
            try
            {
                return await LoadAndJudgeAsync(page);
            }
            catch (PlaywrightException exception) when (left > 0 && (exception.Message.Contains("reading 'run'", StringComparison.Ordinal) || exception.Message.Contains("context was destroyed", StringComparison.Ordinal)))
            {
                await page.WaitForLoadStateAsync();
            }
        }
    }

    private static async Task<string[]> LoadAndJudgeAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await AxeScript.AddToAsync(page);
        }

        return await page.EvaluateAsync<string[]>(Judge);
    }

    /// <summary>The page itself does not scroll sideways: only tables inside it may.</summary>
    public static async Task FitsAsync(this IPage page)
    {
        var widths = await page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{page.Url} is {widths[0]} pixels wide in a window of {widths[1]}.");
    }

    /// <summary>
    /// What must hold of a page however it is looked at: it is judged wide and light, and narrow and dark. When somebody wants to see pictures, they get the other two as well.
    /// </summary>
    public static async Task IsPresentableAsync(this IPage page, string name)
    {
        foreach (var look in PicturesFolder is null ? Judged : [Look.Desktop, Look.DarkDesktop, Look.Phone, Look.DarkPhone])
        {
            await page.LooksLikeAsync(look);
            await page.ShootAsync($"{name}-{look.Width}-{(look.Dark ? "dark" : "light")}");
            await page.FitsAsync();
            if (Judged.Contains(look))
            {
                await page.IsAccessibleAsync();
            }
        }

        await page.SetViewportSizeAsync(Look.Desktop.Width, Look.Desktop.Height);
    }

    /// <summary>The window gets this size and these colours.</summary>
    public static async Task LooksLikeAsync(this IPage page, Look look)
    {
        await page.SetViewportSizeAsync(look.Width, look.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light });
    }

    /// <summary>A picture of the whole page, when somebody wants to see it.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        if (PicturesFolder is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
