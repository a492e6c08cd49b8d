using System.Net;

namespace Watchbill.Sentry;

/// <summary>A request to Sentry failed. The message is one sentence that says what to do; neither it nor any property ever holds the token.</summary>
public sealed class SentryException : Exception
{
    internal SentryException(SentryFailureKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    public SentryFailureKind Kind { get; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>What Sentry said, shortened to one line; null when it said nothing readable.</summary>
    public string? Detail { get; internal init; }

    /// <summary>Sentry's own code of the failure, for example <c>sso-required</c>; mostly null.</summary>
    public string? Code { get; internal init; }

    /// <summary>The HTTP method of the request.</summary>
    public string Method { get; internal init; } = "";

    /// <summary>The path of the request as in <see cref="SentryExchange.Path"/>.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The id under which Sentry filed its own error; null unless the kind is <see cref="SentryFailureKind.ServerError"/>.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>The scopes of which one would have been enough; empty unless the kind is <see cref="SentryFailureKind.MissingScope"/>.</summary>
    public IReadOnlyList<string> RequiredScopes { get; internal init; } = [];

    /// <summary>The project's present slug; null unless the kind is <see cref="SentryFailureKind.Moved"/>.</summary>
    public string? NewSlug { get; internal init; }

    /// <summary>How long Sentry asks to wait; null unless the kind is <see cref="SentryFailureKind.RateLimited"/> or a 503 names it.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Sending the same read again may succeed.</summary>
    internal bool IsTransient => Kind switch
    {
        SentryFailureKind.RateLimited or SentryFailureKind.Network or SentryFailureKind.Timeout or SentryFailureKind.Truncated => true,
        SentryFailureKind.ServerError => Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => false,
    };
}
