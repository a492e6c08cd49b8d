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
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync });
        app.UseStatusCodePages(ExplainStatusAsync);
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var unavailable = context.Features.Get<IExceptionHandlerFeature>()?.Error as DatabaseUnavailableException;
        var status = unavailable is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;
        var sentence = unavailable?.Message ?? "Watchbill failed at this. The server's log says why, under the trace id.";
        context.Response.StatusCode = status;
        if (Addresses.IsForPrograms(context.Request))
        {
            await Problems.WriteAsync(context, status, ProblemCodes.Unexpected, sentence);
            return;
        }

        await PlainPage.WriteAsync(context, "Something went wrong", sentence);
    }

    /// <summary>Answers that have a status and no body yet.</summary>
    private static Task ExplainStatusAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var code = context.Response.StatusCode;
        if (Addresses.IsForPrograms(context.Request))
        {
            return code is StatusCodes.Status404NotFound
                ? Problems.WriteAsync(context, code, ProblemCodes.NoSuchAddress, "There is nothing at this address.")
                : Problems.WriteAsync(context, code, $"status-{code}", "The request could not be answered.");
        }

        return code switch
        {
            StatusCodes.Status403Forbidden => PlainPage.WriteAsync(context, "You may not see this", "Your roles lack the right that this page needs. A Super Administrator can give it to you."),
            StatusCodes.Status404NotFound => PlainPage.WriteAsync(context, "There is nothing at this address", "The thing it names may have been removed, or the link is cut off."),
            StatusCodes.Status400BadRequest => PlainPage.WriteAsync(context, "This form cannot be accepted", "It is too old, or did not come from this page. Go back, load the page again and send it once more."),
            StatusCodes.Status429TooManyRequests => PlainPage.WriteAsync(context, "Too many attempts", "Wait a minute and try again."),
            _ => Task.CompletedTask,
        };
    }
}
