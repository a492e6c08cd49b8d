using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;
using Watchbill.People;
using Watchbill.People.SigningIn;

namespace Watchbill.Console.Pages.People;

/// <summary>What the pages share by which somebody gets in.</summary>
internal sealed class Entry(IHttpContextAccessor accessor, NavigationManager navigation, SessionCookie cookie)
{
    /// <summary>Carries the secret of a second step from one page to the next: an address would end in histories.</summary>
    private static readonly HostCookie HalfwayCookie = new("watchbill_halfway");

    /// <summary>Where this request comes from.</summary>
    public Visitor Visitor => Visitors.Of(Context);

    /// <summary>The request ended; nobody waits for the answer any more.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>The form that was sent; null when none was.</summary>
    public IFormCollection? Form => Context.Request.HasFormContentType ? Context.Request.Form : null;

    /// <summary>What was typed into a field; empty when there is no such field.</summary>
    public string Typed(string field) => Context.Request.HasFormContentType ? Context.Request.Form[field].ToString() : "";

    /// <summary>What was typed into a field; what is saved, before a form was sent.</summary>
    public string? TypedOr(string field, string? saved) => Form is null ? saved : Typed(field);

    /// <summary>Whether a value is among those that were chosen in a field; whether it is saved, before a form was sent.</summary>
    public bool IsChosen(string field, string value, bool saved) => Form is { } form ? form[field].Contains(value) : saved;

    /// <summary>The members of an enum that were chosen in a field, in the enum's order.</summary>
    public IReadOnlyList<T> Chosen<T>(string field)
        where T : struct, Enum => [.. Enum.GetValues<T>().Where(value => IsChosen(field, value.ToString(), saved: false))];

    /// <summary>The numbers that were chosen in a field; what is none is left out.</summary>
    public IReadOnlyList<long> Numbers(string field) => Form is { } form ? [.. form[field].Select(static text => long.TryParse(text, out var id) ? id : 0).Where(static id => id > 0)] : [];

    /// <summary>The parts of a field between its commas.</summary>
    public IReadOnlyList<string> Listed(string field) => Typed(field).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The number that was typed into a field; null for none.</summary>
    public long? Number(string field) => long.TryParse(Typed(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same where a smaller one is meant; so large a one that no limit takes it when it does not fit.</summary>
    public int? WholeNumber(string field) => Number(field) is { } number ? (int)Math.Min(number, int.MaxValue) : null;

    /// <summary>What the browser kept of a right password, where that was not enough; null when it kept nothing.</summary>
    public string? Halfway => HalfwayCookie.Read(Context);

    /// <summary>Leads somebody on who showed a password: in, or to their second factor.</summary>
    /// <param name="entered">What they got for it.</param>
    /// <param name="returnTo">Where they wanted to go; the overview when that is not one of our own pages.</param>
    public async Task EnterAsync(Entered entered, string? returnTo = null)
    {
        switch (entered)
        {
            case Entered.In signedIn:
                await EnterAsync(signedIn.SignedIn, returnTo);
                break;
            case Entered.Halfway halfway:
                HalfwayCookie.Write(Context, halfway.Secret, expires: null);
                navigation.NavigateTo("/sign-in/code" + QueryString.Create("return", LocalAddress.Or(returnTo, "/")));
                break;
        }
    }

    /// <summary>Gives the browser its session and leads it on.</summary>
    /// <param name="signedIn">Who it is now.</param>
    /// <param name="returnTo">Where they wanted to go; the overview when that is not one of our own pages.</param>
    public async Task EnterAsync(Watchbill.People.SigningIn.SignedIn signedIn, string? returnTo = null)
    {
        await GiveSessionAsync(signedIn);
        navigation.NavigateTo(LocalAddress.Or(returnTo, "/"));
    }

    /// <summary>Gives the browser its session, and leaves it where it is.</summary>
    public async Task GiveSessionAsync(Watchbill.People.SigningIn.SignedIn signedIn)
    {
        HalfwayCookie.Delete(Context);
        await cookie.WriteAsync(Context, signedIn, Aborted);
    }
}
