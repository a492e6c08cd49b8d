using System.Collections.Concurrent;
using Microsoft.Playwright;
using Watchbill.Console.SignedIn;
using Watchbill.People;
using Watchbill.People.SigningIn;

namespace Watchbill.Server.Testing;

/// <summary>
/// Debian's Chromium, one for a whole test process; every visit has cookies of its own. A tab that has been used is used again by a later visit, without its cookies: a new one is a new process, which has to
/// read and compile every script again. <c>WATCHBILL_CHROMIUM</c> names another program.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private const string ProgramVariable = "WATCHBILL_CHROMIUM";

    /// <summary>Milliseconds until a step that does not happen fails: long, because a busy machine is slow and not wrong.</summary>
    private const float Patience = 60_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage",

        // All tests' servers are one site: a tab that goes from one to the next stays in its process.
        "--process-per-site",

        // A page is looked at for a second: its scripts are not compiled as well as can be, that took a quarter of the processor of all that tests do in a browser.
        "--js-flags=--no-opt --no-maglev --no-lazy-feedback-allocation",
    ];

    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;
    private readonly ConcurrentBag<IPage> _idle = [];

    private Browser(IPlaywright driver, IBrowser browser)
    {
        _driver = driver;
        _browser = browser;
    }

    /// <summary>The program; null when none is installed.</summary>
    public static string? Program { get; } =
        new[] { Environment.GetEnvironmentVariable(ProgramVariable), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Starts it.</summary>
    public static async Task<Browser> StartAsync()
    {
        var program = Program ?? throw new InvalidOperationException($"No browser is installed: apt-get install chromium-headless-shell, or name one in {ProgramVariable}.");
        var driver = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return new Browser(driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags }));
    }

    /// <summary>An empty tab on a server, signed in with these roles; nobody when there are none.</summary>
    /// <param name="served">The server; the tab goes to addresses of it, see <see cref="PageAddresses"/>.</param>
    /// <param name="look">How large and in which colours.</param>
    /// <param name="roles">Who visits.</param>
    public async Task<IPage> VisitAsync(ServedOrganization served, Look look, params Role[] roles)
    {
        var page = _idle.TryTake(out var rested) ? rested : await OpenAsync();
        served.EndsBefore(new Visit(this, page));
        page.IsOn(served.Server.Listening);
        await page.LooksLikeAsync(look);
        if (roles.Length > 0)
        {
            await page.Context.AddCookiesAsync([new() { Name = TestCallerSource.Name, Value = string.Join('.', roles), Url = page.At("/") }]);
        }

        return page;
    }

    /// <summary>An empty tab on a server, with the session of somebody who signed in.</summary>
    public async Task<IPage> VisitAsync(ServedOrganization served, Look look, SignedIn session)
    {
        var page = await VisitAsync(served, look);
        await page.Context.AddCookiesAsync([new() { Name = SessionCookie.PlainName, Value = session.Token, Url = page.At("/") }]);
        return page;
    }

    private async Task<IPage> OpenAsync()
    {
        var context = await _browser.NewContextAsync(new() { Locale = "en-GB", TimezoneId = "UTC" });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
    }

    /// <summary>A tab while somebody visits a server with it.</summary>
    private sealed class Visit(Browser browser, IPage page) : IAsyncDisposable
    {
        /// <summary>Leaves the server and forgets who visited; a tab that cannot be left is not used again.</summary>
        public async ValueTask DisposeAsync()
        {
            try
            {
                await page.GotoAsync("about:blank");
                await page.Context.ClearCookiesAsync();
                browser._idle.Add(page);
            }
            catch (PlaywrightException)
            {
                await page.Context.DisposeAsync();
            }
        }
    }
}

/// <summary>A window: its size in pixels, light or dark.</summary>
public sealed record Look(int Width, int Height, bool Dark)
{
    /// <summary>A desktop in light colours.</summary>
    public static Look Desktop { get; } = new(1440, 900, Dark: false);

    /// <summary>A desktop in dark colours.</summary>
    public static Look DarkDesktop { get; } = new(1440, 900, Dark: true);

    /// <summary>A telephone.</summary>
    public static Look Phone { get; } = new(390, 844, Dark: false);

    /// <summary>A telephone in dark colours.</summary>
    public static Look DarkPhone { get; } = new(390, 844, Dark: true);
}
