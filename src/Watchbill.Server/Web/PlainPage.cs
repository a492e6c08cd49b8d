using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Console.Assets;

namespace Watchbill.Server.Web;

/// <summary>A page of one sentence that needs nothing to work: no component, no database.</summary>
internal static class PlainPage
{
    /// <summary>Writes it; the status stays as it was set. Both texts are escaped.</summary>
    public static Task WriteAsync(HttpContext context, string title, string sentence)
    {
        var assets = context.RequestServices.GetRequiredService<ConsoleAssets>();
        var html = HtmlEncoder.Default;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.Encode(title)} - Watchbill</title>
            <link rel="icon" type="image/svg+xml" href="{assets.Url("icon.svg")}"><link rel="stylesheet" href="{assets.Url("console.css")}"></head>
            <body><main class="plain"><div class="plain-card"><p class="brand">Watchbill</p><h1>{html.Encode(title)}</h1><p>{html.Encode(sentence)}</p>
            <p><a class="button" href="/">To the overview</a></p></div></main></body></html>
            """);
    }
}
