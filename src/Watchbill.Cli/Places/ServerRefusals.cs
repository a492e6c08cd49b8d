using System.Net;
using Watchbill.Contracts.Client;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What a server refused, as if the product had refused it here.</summary>
internal static class ServerRefusals
{
    public static Refusal Of(WatchbillApiException refused) => new(KindOf(refused.Status), refused.Code, refused.Message);

    /// <summary>A refusal that is part of an answer; null when there is none.</summary>
    public static Refusal? Told(string? code, string? message) => code is null ? null : new(KindOf(HttpStatusCode.Conflict), code, message ?? "");

    private static RefusalKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => RefusalKind.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RefusalKind.Forbidden,
        HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => RefusalKind.Conflict,
        HttpStatusCode.TooManyRequests => RefusalKind.TooMany,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => RefusalKind.Invalid,
        _ => RefusalKind.Unavailable,
    };
}
