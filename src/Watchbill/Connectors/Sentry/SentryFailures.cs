using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Translates what the client throws into what a run log says.</summary>
internal static class SentryFailures
{
    public static ScopeFailure From(SentryException failure) => new(Code(failure.Kind), Sentence(failure), Effect(failure.Kind));

    private static FailureEffect Effect(SentryFailureKind kind) => kind switch
    {
        SentryFailureKind.InvalidToken or SentryFailureKind.TokenExpired or SentryFailureKind.UserInactive
            or SentryFailureKind.OrganizationNotAllowedForToken or SentryFailureKind.SignInRequired or SentryFailureKind.NameNotResolved
            or SentryFailureKind.ConnectionRefused or SentryFailureKind.Tls or SentryFailureKind.ForbiddenAddress => FailureEffect.WholeRun,
        SentryFailureKind.MissingScope or SentryFailureKind.Forbidden or SentryFailureKind.NotFound
            or SentryFailureKind.NotFoundAtGateway => FailureEffect.NotPermitted,
        _ => FailureEffect.ThisScope,
    };

    private static string Sentence(SentryException failure) => failure.Kind is SentryFailureKind.MissingScope && failure.RequiredScopes.Count > 0
        ? $"The token lacks a scope for this; one of {string.Join(", ", failure.RequiredScopes)} would do."
        : failure.Message;

    /// <summary><c>TokenExpired</c> becomes <c>token-expired</c>: the client's kinds are stable, so the codes are.</summary>
    private static string Code(SentryFailureKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
