using Microsoft.AspNetCore.Http;
using Watchbill.People.SigningIn;

namespace Watchbill.Console.SignedIn;

/// <summary>The cookie by which a browser shows its session. It carries a random token; what it stands for is in the database.</summary>
public sealed class SessionCookie(Sessions sessions)
{
    /// <summary>The name over http, as on one's own machine.</summary>
    public const string PlainName = "watchbill_session";

    private static readonly HostCookie Cookie = new(PlainName);

    /// <summary>The token that a browser shows; null when it shows none.</summary>
    public static string? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Cookie.Read(context);
    }

    /// <summary>Gives it to somebody who has just proved who they are, and ends the session that the browser had before.</summary>
    public async Task WriteAsync(HttpContext context, Watchbill.People.SigningIn.SignedIn signedIn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(signedIn);
        if (await sessions.FindAsync(Read(context), Visitors.AddressOf(context), cancellationToken) is { } before && before.Session.Id != signedIn.Session.Id)
        {
            await sessions.EndAsync(before.Session.Id, before.Account.Id, before.Caller, cancellationToken);
        }

        Cookie.Write(context, signedIn.Token, signedIn.Session.EndsAt);
    }

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Cookie.Delete(context);
    }
}
