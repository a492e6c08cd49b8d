using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Watchbill.Kernel;

namespace Watchbill.Server.Web;

/// <summary>How a "no" looks over HTTP: a problem document (RFC 9457) with the refusal's stable code. The one place where kinds become statuses.</summary>
internal static class Problems
{
    /// <summary>The answer for a refusal of a use case.</summary>
    public static ProblemHttpResult Of(Refusal refusal) => TypedResults.Problem(Document(StatusOf(refusal.Kind), refusal.Code, refusal.Message));

    /// <summary>Writes an answer of the border itself.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, string sentence) =>
        TypedResults.Problem(Document(status, code, sentence)).ExecuteAsync(context);

    /// <summary>The status that says what kind of refusal it is.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
    };

    private static ProblemDetails Document(int status, string code, string sentence)
    {
        var document = new ProblemDetails { Status = status, Title = sentence, Type = $"urn:watchbill:problem:{code}" };
        document.Extensions["code"] = code;
        document.Extensions["traceId"] = Activity.Current?.Id;
        return document;
    }
}
