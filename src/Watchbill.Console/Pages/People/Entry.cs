using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;
using Watchbill.People;

namespace Watchbill.Console.Pages.People;

/// <summary>What the pages share by which somebody gets in.</summary>
internal sealed class Entry(IHttpContextAccessor accessor, NavigationManager navigation, SessionCookie cookie)
{
    /// <summary>Where this request comes from.</summary>
    public Visitor Visitor => Visitors.Of(Context);

    /// <summary>The request ended; nobody waits for the answer any more.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>The form that was sent; null when none was.</summary>
    public IFormCollection? Form => Context.Request.HasFormContentType ? Context.Request.Form : null;

    /// <summary>What was typed into a field; empty when there is no such field.</summary>
    public string Typed(string field) => Context.Request.HasFormContentType ? Context.Request.Form[field].ToString() : "";

    /// <summary>Gives the browser its session and leads it on.</summary>
    /// <param name="signedIn">Who it is now.</param>
    /// <param name="returnTo">Where they wanted to go; the overview when that is not one of our own pages.</param>
    public void Enter(Watchbill.People.SigningIn.SignedIn signedIn, string? returnTo = null)
    {
        cookie.Write(Context, signedIn);
        navigation.NavigateTo(LocalOr(returnTo, "/"));
    }

    /// <summary>An address on this server; whatever could lead elsewhere becomes the other one.</summary>
    public static string LocalOr(string? address, string otherwise) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= 2000 && !address.Any(char.IsControl) ? address : otherwise;
}
