using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;
using Watchbill.People.Tokens;
using Watchbill.Server.Web;

namespace Watchbill.Server.SignIn;

/// <summary>Programs, by a bearer token. Only where programs ask: a page is for people, who sign in, and identity providers push with tokens of directories.</summary>
internal sealed class ApiTokenCallerSource(ApiTokens tokens) : ICallerSource
{
    private const string Scheme = "Bearer ";

    public async Task<SignedInCaller?> FindAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!Addresses.IsForPrograms(context.Request) || context.Request.Path.StartsWithSegments(Addresses.Scim) || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var holder = await tokens.FindAsync(header[Scheme.Length..].Trim(), Visitors.AddressOf(context), context.RequestAborted)
            ?? throw new CallerUnknownException("The API token is unknown, expired or revoked, or its owner's account is closed.");
        context.Features.Set(holder);
        return new SignedInCaller(holder.Caller, holder.Token.Name, Email: null);
    }
}
