using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Watchbill.Kernel;

namespace Watchbill.Api;

/// <summary>How a "no" looks over HTTP: a problem document (RFC 9457) with the refusal's stable code. The one place where kinds become statuses.</summary>
public static class Problems
{
    /// <summary>The answer for a refusal of a use case.</summary>
    public static ProblemHttpResult Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Of(StatusOf(refusal.Kind), refusal.Code, refusal.Message);
    }

    /// <summary>An answer of the border itself.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="sentence">What is wrong and what to do.</param>
    /// <param name="errors">By field or parameter, what is wrong with it; null when it is not about fields.</param>
    public static ProblemHttpResult Of(int status, string code, string sentence, IReadOnlyDictionary<string, string[]>? errors = null) =>
        TypedResults.Problem(Document(status, code, sentence, errors));

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

    private static ProblemDetails Document(int status, string code, string sentence, IReadOnlyDictionary<string, string[]>? errors)
    {
        var document = new ProblemDetails { Status = status, Title = sentence, Type = $"urn:watchbill:problem:{code}" };
        document.Extensions["code"] = code;
        document.Extensions["traceId"] = Activity.Current?.Id;
        if (errors is not null)
        {
            document.Extensions["errors"] = errors;
        }

        return document;
    }
}
