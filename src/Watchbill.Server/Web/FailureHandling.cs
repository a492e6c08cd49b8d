using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Watchbill.Contracts;
using Watchbill.Storage;

namespace Watchbill.Server.Web;

/// <summary>What somebody sees when the server itself fails: a sentence without insides. The log has the rest.</summary>
internal static class FailureHandling
{
    /// <summary>Programs get a problem document, people a page.</summary>
    public static void UseFailureHandling(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = HandleAsync,

            // What a client did wrong is its own business, and must not fill the log.
            SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(ExplainStatusAsync);
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var (status, code, sentence) = Explain(context.Features.Get<IExceptionHandlerFeature>()?.Error);
        context.Response.StatusCode = status;
        if (Addresses.IsForPrograms(context.Request))
        {
            await context.WriteProblemAsync(status, code, sentence);
            return;
        }

        await PlainPage.WriteAsync(context, "Something went wrong", sentence);
    }

    private static (int Status, string Code, string Sentence) Explain(Exception? failure) => failure switch
    {
        DatabaseUnavailableException unavailable => (StatusCodes.Status503ServiceUnavailable, ProblemCodes.Unexpected, unavailable.Message),
        BadHttpRequestException { InnerException: JsonException json } => (StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, Sentence(json)),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, ProblemCodes.BadRequest, "The body is too large: at most 1 MB, a file of people at most 20 MB."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (StatusCodes.Status415UnsupportedMediaType, ProblemCodes.BadRequest, "The body must be JSON: send Content-Type: application/json."),
        BadHttpRequestException bad => (bad.StatusCode, ProblemCodes.BadRequest, Sentence(bad)),
        _ => (StatusCodes.Status500InternalServerError, ProblemCodes.Unexpected, "Watchbill failed at this. The server's log says why, under the trace id."),
    };

    /// <summary>Says where the body is wrong. What it holds there is not repeated: it may be a secret.</summary>
    private static string Sentence(JsonException json) => json switch
    {
        { Path: { } path, LineNumber: { } line } when path != "$" => $"The body cannot be read: look at {path}, line {line + 1}.",
        { LineNumber: { } line } => $"The body cannot be read as JSON of the kind that this address takes: look at line {line + 1}, or for a field that is missing or not known.",
        _ => "The body cannot be read as JSON of the kind that this address takes.",
    };

    /// <summary>The framework names the parameter between quotation marks, with its type: <c>Failed to bind parameter "Nullable&lt;int&gt; Limit" from "x".</c></summary>
    private static string Sentence(BadHttpRequestException bad) =>
        bad.Message.Split('"') is [_, var parameter, ..] && parameter.LastIndexOf(' ') is > 0 and var space
            ? $"'{JsonNamingPolicy.CamelCase.ConvertName(parameter[(space + 1)..])}' is missing or cannot be read."
            : "The request cannot be read.";

    /// <summary>Answers that have a status and no body yet.</summary>
    private static Task ExplainStatusAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var code = context.Response.StatusCode;
        if (Addresses.IsForPrograms(context.Request))
        {
            return code switch
            {
                StatusCodes.Status404NotFound => context.WriteProblemAsync(code, ProblemCodes.NoSuchAddress, "There is nothing at this address."),
                StatusCodes.Status405MethodNotAllowed => context.WriteProblemAsync(code, ProblemCodes.NoSuchMethod, "This address does not know this method."),
                StatusCodes.Status413PayloadTooLarge => context.WriteProblemAsync(code, ProblemCodes.BadRequest, "The body is too large: at most 1 MB, a file of people at most 20 MB."),
                StatusCodes.Status415UnsupportedMediaType => context.WriteProblemAsync(code, ProblemCodes.BadRequest, "The body must be JSON: send Content-Type: application/json."),
                StatusCodes.Status429TooManyRequests => context.WriteProblemAsync(code, ProblemCodes.TooManyRequests, "This is more than one account, or one network that is not signed in, may ask. Go on after the pause that Retry-After names, or a minute."),
                _ => context.WriteProblemAsync(code, $"status-{code}", "The request could not be answered."),
            };
        }

        return code switch
        {
            StatusCodes.Status403Forbidden => PlainPage.WriteAsync(context, "You may not see this", "Your roles lack the right that this page needs. A Super Administrator can give it to you."),
            StatusCodes.Status404NotFound => PlainPage.WriteAsync(context, "There is nothing at this address", "The thing it names may have been removed, or the link is cut off."),
            StatusCodes.Status400BadRequest => PlainPage.WriteAsync(context, "This form cannot be accepted", "It is too old, or did not come from this page. Go back, load the page again and send it once more."),
            StatusCodes.Status429TooManyRequests => PlainPage.WriteAsync(context, "Too many requests", "Wait a minute and try again."),
            _ => Task.CompletedTask,
        };
    }
}
