using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;
using Watchbill.People.SigningIn;

namespace Watchbill.Server.SignIn;

/// <summary>People, by the cookie of their session. A cookie that is no longer good is as good as none: they are led to the sign-in page.</summary>
internal sealed class SessionCallerSource(Sessions sessions) : ICallerSource
{
    public async Task<SignedInCaller?> FindAsync(HttpContext context)
    {
        if (SessionCookie.Read(context) is not { } token
            || await sessions.FindAsync(token, Visitors.AddressOf(context), context.RequestAborted) is not { } holder)
        {
            return null;
        }

        context.Features.Set(holder);
        return new SignedInCaller(holder.Caller, holder.Account.DisplayName, holder.Account.Address);
    }
}
