using Microsoft.AspNetCore.Http;
using Watchbill.People;

namespace Watchbill.Console.SignedIn;

/// <summary>
/// The cookie by which a browser shows its session. Scripts cannot read it, other sites do not send it with what they post, and over https it is sent
/// over https only. It carries a random token; what it stands for is in the database.
/// </summary>
public sealed class SessionCookie(PublicAddress address)
{
    /// <summary>The name.</summary>
    public const string Name = "watchbill_session";

    /// <summary>The token that a browser shows; null when it shows none.</summary>
    public static string? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Cookies[Name];
    }

    /// <summary>Gives it to somebody who has just proved who they are.</summary>
    public void Write(HttpContext context, Watchbill.People.SigningIn.SignedIn signedIn)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(signedIn);
        var options = Options(context);
        options.Expires = signedIn.Session.EndsAt;
        context.Response.Cookies.Append(Name, signedIn.Token, options);
    }

    /// <summary>Takes it away.</summary>
    public void Delete(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(Name, Options(context));
    }

    /// <summary>Behind a proxy that ends TLS the request itself is plain; the address that people use tells.</summary>
    private CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps || address.Of("/").Scheme == Uri.UriSchemeHttps,
        Path = "/",
        IsEssential = true,
    };
}
