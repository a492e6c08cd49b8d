using Microsoft.AspNetCore.Http;
using Watchbill.People.SigningIn;

namespace Watchbill.Console.SignedIn;

/// <summary>
/// The cookie by which a browser shows its session. Scripts cannot read it, other sites do not send it with what they post, and over https it is sent
/// over https only, by a name that no other host can set. It carries a random token; what it stands for is in the database.
/// </summary>
public sealed class SessionCookie(Sessions sessions)
{
    /// <summary>The name over http, as on one's own machine.</summary>
    public const string PlainName = "watchbill_session";

    /// <summary>The name over https: browsers take it from this host alone, and only over https.</summary>
    public const string SecureName = "__Host-" + PlainName;

    /// <summary>The token that a browser shows; null when it shows none.</summary>
    public static string? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Cookies[NameFor(context)];
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

        var options = Options(context);
        options.Expires = signedIn.Session.EndsAt;
        context.Response.Cookies.Append(NameFor(context), signedIn.Token, options);
    }

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(NameFor(context), Options(context));
    }

    /// <summary>The server knows that a request came by https, also where a proxy ended it.</summary>
    private static string NameFor(HttpContext context) => context.Request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
