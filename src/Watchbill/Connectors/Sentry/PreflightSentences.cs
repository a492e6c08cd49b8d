using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>What a failure means at set-up, in the words of the person who sets up.</summary>
internal static class PreflightSentences
{
    /// <summary>Sorts the failure of the first request under the question it answers.</summary>
    public static void TokenFailure(SentryException failure, SentryToken token, PreflightDraft report)
    {
        switch (failure.Kind)
        {
            case SentryFailureKind.NotSentry or SentryFailureKind.InvalidJson or SentryFailureKind.Truncated or SentryFailureKind.NotFound
                or SentryFailureKind.NotFoundAtGateway or SentryFailureKind.Redirected or SentryFailureKind.Refused:
                report.Pass("reachable", "A server answered.");
                report.Fail("is-sentry", failure.Message, "Check the address; where a proxy or login page stands before Sentry, let /api/0/ through.");
                break;
            case SentryFailureKind.InvalidToken or SentryFailureKind.TokenExpired or SentryFailureKind.UserInactive
                or SentryFailureKind.OrganizationNotAllowedForToken or SentryFailureKind.SignInRequired:
                report.Pass("reachable", "The server answered.");
                report.Pass("is-sentry", "It answers as Sentry's API.");
                report.Fail("token-valid", failure.Message, TokenRemedy(failure.Kind, token));
                break;
            default:
                report.Fail("reachable", failure.Message, ReachRemedy(failure.Kind));
                break;
        }
    }

    /// <summary>What to do about a token that Sentry refuses.</summary>
    public static string TokenRemedy(SentryFailureKind kind, SentryToken token) => kind switch
    {
        SentryFailureKind.InvalidToken when token.LooksTruncated => "It was probably copied only in part: copy it again, whole.",
        SentryFailureKind.InvalidToken => "It was revoked, or it belongs to another Sentry: make a new one in the organization you want to read.",
        SentryFailureKind.TokenExpired => "Make a new token; internal integration tokens do not expire.",
        SentryFailureKind.UserInactive => "The person who made it left: make an internal integration, which belongs to nobody.",
        SentryFailureKind.OrganizationNotAllowedForToken => "It is bound to another organization: make one in the organization you want to read.",
        _ => "Make an internal integration; it needs no sign-in.",
    };

    private static string ReachRemedy(SentryFailureKind kind) => kind switch
    {
        SentryFailureKind.ForbiddenAddress => "If Sentry runs in your own network, allow private networks for this source. Link-local and metadata addresses stay refused.",
        SentryFailureKind.Tls => "Check the certificate, the system's clock and that this machine trusts the issuer.",
        SentryFailureKind.NameNotResolved => "Check the spelling, the DNS and whether this machine has a network at all.",
        _ => "Check the address, the network and a proxy in between (HTTPS_PROXY).",
    };
}
