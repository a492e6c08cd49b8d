using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchbill.Contracts;

namespace Watchbill.Api;

/// <summary>
/// Versions of things as entity tags. Whoever changes a thing says which version they read; when it is another one by now, nothing is changed and
/// they are told.
/// </summary>
internal static class EntityTags
{
    /// <summary>Says in the document that the endpoint needs a version.</summary>
    public static RouteHandlerBuilder Versioned(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(VersionedMetadata.Instance);

    /// <summary>Tells the version of what the answer shows.</summary>
    public static void Set(HttpContext context, long version) => context.Response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version that the request wants to change; null when it names none that can be one.</summary>
    public static long? Wanted(HttpRequest request) =>
        request.Headers.IfMatch.ToString() is ['"', .. var number, '"'] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>The answer to a change without a version.</summary>
    public static ProblemHttpResult Missing() => Problems.Of(
        StatusCodes.Status428PreconditionRequired,
        ProblemCodes.IfMatchMissing,
        "Send the ETag that came with the thing as If-Match: a change must say which version it changes.");

    /// <summary>The answer to a change of a version that is no longer the current one.</summary>
    public static ProblemHttpResult Failed() => Problems.Of(
        StatusCodes.Status412PreconditionFailed, ProblemCodes.IfMatchFailed, "Somebody changed it since you read it. Read it again and decide anew.");
}
