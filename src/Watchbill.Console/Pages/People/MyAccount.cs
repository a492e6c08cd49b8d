using Microsoft.AspNetCore.Components;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Microsoft.AspNetCore.Http;

namespace Watchbill.Console.Pages.People;

/// <summary>A page about oneself: knows the account and the session that look at it.</summary>
public abstract class MyAccount : ComponentBase
{
    [Inject] internal CurrentCaller Me { get; set; } = null!;

    [Inject] internal Entry Entry { get; set; } = null!;

    [Inject] internal NavigationManager Address { get; set; } = null!;

    [Inject] internal IHttpContextAccessor Http { get; set; } = null!;

    /// <summary>Who looks; null for somebody without an account of their own.</summary>
    internal Account? Mine => Http.HttpContext!.Features.Get<SessionHolder>()?.Account;

    /// <summary>The session that looks.</summary>
    internal SessionId Here => Http.HttpContext!.Features.Get<SessionHolder>()?.Session.Id ?? default;
}
