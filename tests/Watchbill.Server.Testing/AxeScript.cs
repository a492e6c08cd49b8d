using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Watchbill.Server.Testing;

/// <summary>
/// Axe's own script, as its package carries it, at an address of the server of a test: a tab fetches it as it fetches scripts of pages, which takes two thirds of the time of handing it over through the
/// driver, and a tenth in a tab that had it before.
/// </summary>
internal sealed class AxeScript : IStartupFilter
{
    private const string Address = "/axe.js";

    private static readonly string Text = new BundledAxeScriptProvider().GetScript();

    /// <summary>Lets the page have it.</summary>
    public static Task AddToAsync(IPage page) =>
        page.AddScriptTagAsync(page.Url.StartsWith("http", StringComparison.Ordinal) ? new() { Url = Address } : new() { Content = Text });

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, go) => context.Request.Path == Address ? SendAsync(context.Response) : go(context));
        next(app);
    };

    private static Task SendAsync(HttpResponse response)
    {
        response.ContentType = "text/javascript";
        response.Headers.CacheControl = "max-age=3600";
        return response.WriteAsync(Text);
    }
}
