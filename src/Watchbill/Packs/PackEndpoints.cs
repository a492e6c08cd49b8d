using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Packs;

/// <summary>Evidence packs over HTTP: files, not JSON, so beside the API.</summary>
public static class PackEndpoints
{
    /// <summary>Where packs are, with the connector's id and <c>.zip</c> behind it, or <c>set.zip</c> with several in the query.</summary>
    public const string Prefix = "/evidence-packs";

    /// <summary>The header with SHA-256 of the file.</summary>
    public const string Sha256Header = "X-Watchbill-Sha256";

    /// <summary>The header with the fingerprint of the key that signed it.</summary>
    public const string KeyHeader = "X-Watchbill-Key";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var packs = routes.MapGroup(Prefix).RequireAuthorization().Needs(Right.ReadAudit).ExcludeFromDescription();
        packs.MapGet("/{connector:long}.zip", MakeAsync);
        packs.MapGet("/set.zip", MakeSetAsync);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> MakeAsync(long connector, [AsParameters] PackedEndpoints route, BuildPack build, TimeProvider clock)
    {
        var request = PackRequest.Of(new ConnectorId(connector), route.Framework ?? "", route.From, route.To, clock.GetUtcNow()) with { Controls = route.Control ?? [] };
        var made = await build.RunAsync(request, Path.GetTempPath(), route.Caller, route.Http.RequestAborted);
        return made.Succeeded ? Send(route.Http, made.Value) : Problems.Of(made.Refusal!);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> MakeSetAsync([AsParameters] PackedEndpoints route, [FromQuery] long[]? source, BuildPackSet build, TimeProvider clock)
    {
        var about = PackRequest.Of(default, route.Framework ?? "", route.From, route.To, clock.GetUtcNow()) with { Controls = route.Control ?? [] };
        var made = await build.RunAsync(PackSetRequest.Of([.. (source ?? []).Select(static id => new ConnectorId(id))], about), Path.GetTempPath(), route.Caller, route.Http.RequestAborted);
        return made.Succeeded ? Send(route.Http, made.Value) : Problems.Of(made.Refusal!);
    }

    /// <summary>Hands a pack over; the file goes when the answer is sent, or when the connection breaks.</summary>
    public static FileStreamHttpResult Send(HttpContext context, MadePack made)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(made);
        context.Response.Headers[Sha256Header] = made.Sha256;
        context.Response.Headers[KeyHeader] = made.KeyFingerprint;
        var file = new FileStream(made.Path, FileMode.Open, FileAccess.Read, FileShare.None, 128 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        return TypedResults.File(file, "application/zip", made.FileName);
    }
}

/// <summary>What the address of a pack says, and who asks.</summary>
internal readonly record struct PackedEndpoints
{
    [FromQuery] public string? Framework { get; init; }

    [FromQuery] public DateTimeOffset? From { get; init; }

    [FromQuery] public DateTimeOffset? To { get; init; }

    [FromQuery] public string[]? Control { get; init; }

    public required HttpContext Http { get; init; }

    public required Caller Caller { get; init; }
}
