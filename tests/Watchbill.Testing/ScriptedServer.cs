using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Watchbill.Testing;

/// <summary>
/// An HTTP server on a free loopback port that answers exactly what a test tells it, and remembers what it was asked. It knows nothing of any
/// API: a test that wants a well-behaved Sentry uses the simulator.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedRequest> _requests;

    private ScriptedServer(WebApplication app, ConcurrentQueue<ScriptedRequest> requests)
    {
        (_app, _requests) = (app, requests);
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
    }

    /// <summary>The root, ending in a slash; always <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Address { get; }

    /// <summary>What was asked so far, in the order it came in.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Starts a server that answers every request the same way.</summary>
    public static async Task<ScriptedServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var requests = new ConcurrentQueue<ScriptedRequest>();
        app.Run(context =>
        {
            requests.Enqueue(ScriptedRequest.From(context.Request));
            return answer(context);
        });
        await app.StartAsync();
        return new(app, requests);
    }

    /// <summary>Starts a server that gives each answer once, in order, and the last one for ever.</summary>
    public static Task<ScriptedServer> StartAsync(params RequestDelegate[] answers)
    {
        var next = -1;
        return StartAsync(context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context));
    }

    /// <summary>A whole answer with a body of JSON, or of another type when a Content-Type header says so.</summary>
    public static RequestDelegate Answer(int status, string body, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }
        if (body.Length > 0)
        {
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    };

    /// <summary>A page of a list as Sentry sends it: the next cursor, or null for the last page, which still has <c>rel="next"</c>.</summary>
    public static RequestDelegate Page(string body, string? nextCursor) => Answer(200, body, ("Link", LinkTo(nextCursor)));

    /// <summary>The Link header Sentry sends; the address in it deliberately names a host that must never be called.</summary>
    public static string LinkTo(string? nextCursor) =>
        "<https://elsewhere.example.org/?&cursor=0:0:1>; rel=\"previous\"; results=\"false\"; cursor=\"0:0:1\", "
        + $"<https://elsewhere.example.org/?&cursor={nextCursor}>; rel=\"next\"; results=\"{(nextCursor is null ? "false" : "true")}\"; cursor=\"{nextCursor ?? "100:9:0"}\"";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>A request as it reached the server.</summary>
public sealed record ScriptedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Null when the request carried none.</summary>
    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    internal static ScriptedRequest From(HttpRequest request) => new(
        request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "",
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}
