using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Watchbill.Console.Assets;

/// <summary>Serves the console's own files to anybody: the sign-in page needs them too.</summary>
internal static class AssetEndpoints
{
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet(ConsoleAssets.Root + "{digest}/{name}", Get).AllowAnonymous().ExcludeFromDescription();

    private static Results<FileContentHttpResult, NotFound> Get(string digest, string name, ConsoleAssets assets, HttpContext context)
    {
        if (assets.Find(name) is not { } asset)
        {
            return TypedResults.NotFound();
        }

        // A page of the version before may still ask for the old digest: it gets the new file, which nobody shall keep under that name.
        context.Response.Headers.CacheControl = asset.Digest == digest ? ForEver : "no-store";
        return TypedResults.File(asset.Content, asset.ContentType);
    }
}
