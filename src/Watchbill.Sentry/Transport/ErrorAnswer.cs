using System.Net;
using System.Text.RegularExpressions;

namespace Watchbill.Sentry.Transport;

/// <summary>Turns an answer that is no success into the error that says what to do about it.</summary>
internal static partial class ErrorAnswer
{
    public const string NotSentry = "Something that is not Sentry answered; check the address, and whether a proxy or login page stands in between.";

    public static SentryException Explain(SentryRequest request, HttpResponseMessage response, ErrorBody body, TimeSpan? retryAfter)
    {
        var scopes = RequiredScopes(response);
        var kind = Classify(response.StatusCode, body, scopes);
        return new(kind, Sentence(kind, response, body, scopes))
        {
            Status = response.StatusCode,
            Detail = body.Detail,
            Code = body.Code,
            Method = request.Method.Method,
            Path = request.Shape,
            ErrorId = body.ErrorId,
            RequiredScopes = scopes,
            NewSlug = kind == SentryFailureKind.Moved ? body.Slug : null,
            RetryAfter = retryAfter,
        };
    }

    private static SentryFailureKind Classify(HttpStatusCode status, ErrorBody body, string[] scopes) => (int)status switch
    {
        429 => SentryFailureKind.RateLimited,
        >= 500 => SentryFailureKind.ServerError,
        >= 300 and < 400 => body.Code == "resource-moved" ? SentryFailureKind.Moved : SentryFailureKind.Redirected,
        404 when body.IsEmpty => SentryFailureKind.NotFoundAtGateway,
        _ when body.IsForeign => SentryFailureKind.NotSentry,
        401 => Unauthorized(body),
        403 when scopes.Length > 0 => SentryFailureKind.MissingScope,
        403 => IsInteractive(body) ? SentryFailureKind.SignInRequired : SentryFailureKind.Forbidden,
        404 => SentryFailureKind.NotFound,
        400 or 409 or 422 => SentryFailureKind.Validation,
        >= 400 => SentryFailureKind.Refused,
        _ => SentryFailureKind.NotSentry,
    };

    private static SentryFailureKind Unauthorized(ErrorBody body) => body.Detail switch
    {
        _ when IsInteractive(body) => SentryFailureKind.SignInRequired,
        "Token expired" => SentryFailureKind.TokenExpired,
        "User inactive or deleted" => SentryFailureKind.UserInactive,
        "Unauthorized organization access." or "This token access is limited to organization endpoints." => SentryFailureKind.OrganizationNotAllowedForToken,
        _ => SentryFailureKind.InvalidToken,
    };

    private static bool IsInteractive(ErrorBody body) => body.Code is
        "sso-required" or "2fa-required" or "member-disabled-over-limit" or "superuser-required" or "sudo-required" or "email-verification-required";

    private static string[] RequiredScopes(HttpResponseMessage response) =>
        response.Headers.WwwAuthenticate
            .Where(challenge => challenge.Parameter?.Contains("insufficient_scope", StringComparison.Ordinal) == true)
            .Select(challenge => ScopeList.Match(challenge.Parameter!))
            .Where(match => match.Success)
            .SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();

    [GeneratedRegex("scope=\"([A-Za-z0-9:_ -]{1,500})\"", RegexOptions.CultureInvariant)]
    private static partial Regex ScopeList { get; }

    private static string Sentence(SentryFailureKind kind, HttpResponseMessage response, ErrorBody body, string[] scopes)
    {
        var advice = Advice(kind, response, scopes);
        return body.Detail is null ? advice : $"{advice} Sentry said: {body.Detail}";
    }

    private static string Advice(SentryFailureKind kind, HttpResponseMessage response, string[] scopes) => kind switch
    {
        SentryFailureKind.InvalidToken => "Sentry does not accept the token; it was revoked or copied only in part, so create a new one.",
        SentryFailureKind.TokenExpired => "The token has expired; create a new one.",
        SentryFailureKind.UserInactive => "The account behind the token is deactivated; use a token of an internal integration or of another person.",
        SentryFailureKind.OrganizationNotAllowedForToken => "The token is pinned to another organization; create one for this organization.",
        SentryFailureKind.SignInRequired => "Sentry wants a person to sign in for this; use a token of an internal integration.",
        SentryFailureKind.MissingScope => $"The token lacks a scope; give it one of: {string.Join(", ", scopes)}.",
        SentryFailureKind.Forbidden => "Sentry refuses this to the token; check its scopes, and that its owner belongs to the organization with a sufficient role.",
        SentryFailureKind.NotFound => "Sentry has no such thing on this host; check the slug, and whether the organization lives in another region.",
        SentryFailureKind.NotFoundAtGateway => "Sentry's gateway does not know the organization, or this host does not serve the path; check the slug and the host.",
        SentryFailureKind.Moved => "The project has a new slug; read the projects again.",
        SentryFailureKind.Redirected => $"The server redirects to {Target(response)}, which is never followed with a token; correct the address.",
        SentryFailureKind.RateLimited => "Sentry still refuses more requests after several pauses; use a smaller share of the budget or run at a quieter time.",
        SentryFailureKind.Validation => "Sentry refused the input.",
        SentryFailureKind.ServerError =>
            $"Sentry failed with status {(int)response.StatusCode}; try again later, and give the error id to its operators if there is one.",
        SentryFailureKind.NotSentry => NotSentry,
        _ => $"Sentry refused the request with status {(int)response.StatusCode}.",
    };

    /// <summary>Only scheme and host: a redirect may carry anything in its query.</summary>
    private static string Target(HttpResponseMessage response) =>
        response.Headers.Location is { IsAbsoluteUri: true } location ? $"{location.Scheme}://{location.Host}" : "another path";
}
