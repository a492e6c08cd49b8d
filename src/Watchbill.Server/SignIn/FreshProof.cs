using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Console.SignedIn;
using Watchbill.People.SigningIn;
using Watchbill.People.SingleSignOn;

namespace Watchbill.Server.SignIn;

/// <summary>Leads people to the page where they prove again who they are, where that was long ago and the page asks for it.</summary>
internal static class FreshProof
{
    public static void UseFreshProof(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<FreshProofAttribute>() is { } asked
            && (!asked.OnlyChanges || HttpMethods.IsPost(context.Request.Method))
            && context.Features.Get<SessionHolder>() is { } holder
            && !context.RequestServices.GetRequiredService<ProveAgain>().IsFresh(holder.Session)
            && await CanProveAsync(context, holder))
        {
            context.Response.Redirect("/confirm" + QueryString.Create("return", context.Request.GetEncodedPathAndQuery()));
            return;
        }

        await next(context);
    });

    /// <summary>Whoever comes by links of the command line only has nothing to prove with; their links are the proof.</summary>
    private static async Task<bool> CanProveAsync(HttpContext context, SessionHolder holder)
    {
        var services = context.RequestServices;
        var options = services.GetRequiredService<SingleSignOnOptions>();
        return (holder.Account.HasPassword && !options.PasswordsOff)
            || (options.IsConfigured && (await services.GetRequiredService<ProviderTies>().SinceAsync(holder.Account.Id, holder.Caller, context.RequestAborted)).Value is not null);
    }
}
