using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>The raw side of a request. Paths stay undecoded: an encoded slash belongs to its segment.</summary>
internal sealed class Incoming
{
    private readonly HttpContext context;

    public Incoming(HttpContext context, string subPath)
    {
        this.context = context;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?');
        var path = mark < 0 ? target : target[..mark];
        Query = mark < 0 ? "" : target[mark..];
        var prefix = subPath.TrimEnd('/');
        Path = prefix.Length > 0 && path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : prefix.Length > 0 ? "" : path;
    }

    public string Method => context.Request.Method;

    /// <summary>Path inside the application; empty when a sub path is configured and missing.</summary>
    public string Path { get; }

    /// <summary>With the question mark, or empty.</summary>
    public string Query { get; }

    public IQueryCollection QueryValues => context.Request.Query;

    public string Authorization => context.Request.Headers.Authorization.ToString();

    public string? IpAddress => context.Connection.RemoteIpAddress?.ToString();

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The JSON body; undefined when there is none. False when it is not JSON.</summary>
    public async Task<(JsonElement Body, bool IsJson)> ReadBodyAsync()
    {
        if (context.Request.ContentLength is null or 0 && !context.Request.Headers.ContainsKey("Transfer-Encoding"))
        {
            return (default, true);
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, Aborted);
        try
        {
            return buffer.Length == 0 ? (default, true) : (JsonElement.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)), true);
        }
        catch (JsonException)
        {
            return (default, false);
        }
    }
}
