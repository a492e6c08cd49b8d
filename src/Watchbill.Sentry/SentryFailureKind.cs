namespace Watchbill.Sentry;

/// <summary>Why a request to Sentry failed, fine enough to tell a person what to do.</summary>
public enum SentryFailureKind
{
    /// <summary>401: the token is unknown, revoked, malformed, or its application is switched off.</summary>
    InvalidToken,

    /// <summary>401: the token has expired.</summary>
    TokenExpired,

    /// <summary>401: the person behind the token is deactivated or deleted.</summary>
    UserInactive,

    /// <summary>401: the token is pinned to another organization.</summary>
    OrganizationNotAllowedForToken,

    /// <summary>401 or 403: Sentry wants an interactive step (single sign-on, second factor, sudo, seat).</summary>
    SignInRequired,

    /// <summary>403 that names the scopes which would do; see <see cref="SentryException.RequiredScopes"/>.</summary>
    MissingScope,

    /// <summary>403 without such a hint: the role lacks the right, the caller is no member, or an old server lacks the hint.</summary>
    Forbidden,

    /// <summary>404 from Sentry: no such thing, or not on this host.</summary>
    NotFound,

    /// <summary>404 with an empty body: Sentry's gateway knows no such organization, or this host does not serve the path.</summary>
    NotFoundAtGateway,

    /// <summary>The project was renamed; see <see cref="SentryException.NewSlug"/>.</summary>
    Moved,

    /// <summary>Another redirect. It is never followed, because the token must not travel.</summary>
    Redirected,

    /// <summary>429, still after all attempts.</summary>
    RateLimited,

    /// <summary>400, 409 or 422: Sentry refused the input.</summary>
    Validation,

    /// <summary>Any other 4xx.</summary>
    Refused,

    /// <summary>5xx, after all attempts where a retry makes sense.</summary>
    ServerError,

    /// <summary>Something that is not Sentry answered: a login page, a proxy, another service.</summary>
    NotSentry,

    /// <summary>The JSON ended too early.</summary>
    Truncated,

    /// <summary>The JSON cannot be read, or lacks an id.</summary>
    InvalidJson,

    /// <summary>The answer is larger than <see cref="SentryClientOptions.MaxResponseBytes"/>.</summary>
    TooLarge,

    /// <summary>No complete answer in time.</summary>
    Timeout,

    /// <summary>The host name cannot be resolved.</summary>
    NameNotResolved,

    /// <summary>Nothing listens at the address.</summary>
    ConnectionRefused,

    /// <summary>The TLS connection failed, mostly because the certificate is not trusted.</summary>
    Tls,

    /// <summary>The connection failed or broke in another way.</summary>
    Network,

    /// <summary>The host resolves to an address this client may not talk to.</summary>
    ForbiddenAddress,

    /// <summary>A listing handed out the same page or cursor twice, or more pages than <see cref="SentryClientOptions.MaxPages"/>.</summary>
    LoopingCursor,

    /// <summary>A listing says there is more but not how to get it, or ended before the total it announced.</summary>
    BrokenPaging,

    /// <summary>Rows were added or removed while a listing was read, again and again; a row may have been missed.</summary>
    ListingMoved,
}
