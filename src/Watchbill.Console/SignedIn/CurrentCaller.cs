using Microsoft.AspNetCore.Http;
using Watchbill.People;

namespace Watchbill.Console.SignedIn;

/// <summary>Who asked for this page.</summary>
public sealed class CurrentCaller(IHttpContextAccessor accessor)
{
    /// <summary>The caller; null when nobody is signed in (the sign-in page, for example).</summary>
    public SignedInCaller? IfAny => accessor.HttpContext?.Features.Get<SignedInCaller>();

    /// <summary>The caller. Asking on a page that anybody may see is a bug and throws.</summary>
    public Caller Caller => IfAny?.Caller ?? throw new InvalidOperationException("Nobody is signed in on this page.");

    /// <summary>Whether somebody is signed in and has the right.</summary>
    public bool May(Right right) => IfAny?.Caller.May(right) ?? false;
}

/// <summary>A caller, with what a page shows of them. The host puts it among the features of a request once they proved who they are.</summary>
/// <param name="Caller">Who asks, and what they may.</param>
/// <param name="DisplayName">What to call them.</param>
/// <param name="Email">Their address; null for programs.</param>
public sealed record SignedInCaller(Caller Caller, string DisplayName, string? Email);
