namespace Watchbill.Contracts;

/// <summary>Codes of refusals that come from the HTTP border itself rather than from a use case. Stable: programs may depend on them.</summary>
public static class ProblemCodes
{
    /// <summary>Nobody is signed in, or the API token is unknown, revoked or expired.</summary>
    public const string NotSignedIn = "not-signed-in";

    /// <summary>The caller lacks the right.</summary>
    public const string RightMissing = "right-missing";

    /// <summary>Only programs with an API token may change things through the API; a browser's session may read.</summary>
    public const string TokenNeeded = "api-token-needed";

    /// <summary>No such address.</summary>
    public const string NoSuchAddress = "no-such-address";

    /// <summary>The address exists and does not know this method.</summary>
    public const string NoSuchMethod = "no-such-method";

    /// <summary>The request is not what the address takes: not JSON, too large, of another type.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>Fields or parameters are wrong; <see cref="Problem.Errors"/> says which and how.</summary>
    public const string BadFields = "bad-fields";

    /// <summary>A query parameter that the address does not know.</summary>
    public const string UnknownParameter = "unknown-parameter";

    /// <summary>A change needs <c>If-Match</c> with the version that was read.</summary>
    public const string IfMatchMissing = "if-match-missing";

    /// <summary>Somebody changed it since it was read.</summary>
    public const string IfMatchFailed = "if-match-failed";

    /// <summary>The idempotency key is too long or holds other characters than letters, digits and <c>-_.:</c>.</summary>
    public const string BadIdempotencyKey = "bad-idempotency-key";

    /// <summary>The account asked more of this server than it may; <c>Retry-After</c> says when to go on.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>The server failed; its log has the details under the trace id.</summary>
    public const string Unexpected = "unexpected";
}
