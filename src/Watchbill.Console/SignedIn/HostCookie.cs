using Microsoft.AspNetCore.Http;

namespace Watchbill.Console.SignedIn;

/// <summary>
/// A cookie that carries a secret. Scripts cannot read it, other sites do not send it with what they post, and over https it is sent over https only, by a name that no other host can
/// set. The server knows that a request came by https, also where a proxy ended it.
/// </summary>
/// <param name="PlainName">The name over http, as on one's own machine.</param>
internal sealed record HostCookie(string PlainName)
{
    public string? Read(HttpContext context) => context.Request.Cookies[NameFor(context)];

    /// <param name="context">The request that is answered with it.</param>
    /// <param name="secret">What it carries.</param>
    /// <param name="expires">Until when browsers keep it; null until they are closed.</param>
    public void Write(HttpContext context, string secret, DateTimeOffset? expires)
    {
        var options = Options(context);
        options.Expires = expires;
        context.Response.Cookies.Append(NameFor(context), secret, options);
    }

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context));

    /// <summary>Over https, one that browsers take from this host alone, and only over https.</summary>
    private string NameFor(HttpContext context) => context.Request.IsHttps ? $"__Host-{PlainName}" : PlainName;

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
