using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Console.SignedIn;
using Watchbill.People.SigningIn;

namespace Watchbill.Console.Pages.People;

/// <summary>Signing out, from the menu of every page.</summary>
internal static class SignOutEndpoints
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", static (HttpContext context, IAntiforgery forms, Sessions sessions) => SignOutAsync(context, forms, sessions))
            .ExcludeFromDescription();

    /// <summary>Ends the session here and in the database: a copy of the cookie is worth nothing afterwards.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery forms, Sessions sessions)
    {
        if (!await forms.IsRequestValidAsync(context))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (context.Features.Get<SessionHolder>() is { } holder)
        {
            await sessions.EndAsync(holder.Session.Id, holder.Account.Id, holder.Caller, context.RequestAborted);
        }

        SessionCookie.Delete(context);

        // Pages are not stored and nothing else is put there; a browser that goes back must not show what it remembers of them.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return TypedResults.LocalRedirect("/sign-in?ended=true");
    }
}
