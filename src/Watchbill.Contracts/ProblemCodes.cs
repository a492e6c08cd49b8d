namespace Watchbill.Contracts;

/// <summary>Codes of refusals that come from the HTTP border itself rather than from a use case. Stable: programs may depend on them.</summary>
public static class ProblemCodes
{
    /// <summary>Nobody is signed in, or the API token is unknown, revoked or expired.</summary>
    public const string NotSignedIn = "not-signed-in";

    /// <summary>The caller lacks the right.</summary>
    public const string RightMissing = "right-missing";

    /// <summary>No such address.</summary>
    public const string NoSuchAddress = "no-such-address";

    /// <summary>The server failed; its log has the details under the trace id.</summary>
    public const string Unexpected = "unexpected";
}
