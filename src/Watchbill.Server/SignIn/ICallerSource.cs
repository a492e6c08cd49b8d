using Microsoft.AspNetCore.Http;
using Watchbill.Console.SignedIn;

namespace Watchbill.Server.SignIn;

/// <summary>One way to prove who one is: a session's cookie, an API token. Sources are asked in the order of their registration.</summary>
public interface ICallerSource
{
    /// <summary>Who sent this request; null when it carries no proof of this kind.</summary>
    /// <exception cref="CallerUnknownException">It carries a proof of this kind that is not, or no longer, good.</exception>
    Task<SignedInCaller?> FindAsync(HttpContext context);
}

/// <summary>A proof was shown that is not good: unknown, expired, revoked.</summary>
public sealed class CallerUnknownException(string message) : Exception(message);
