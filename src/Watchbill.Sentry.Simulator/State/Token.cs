using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>What kind of credential a token is; the kind decides prefix, identity and limits.</summary>
public enum TokenKind
{
    /// <summary><c>sntryu_</c>: acts as a user, within the user's role.</summary>
    Personal,

    /// <summary><c>sntrys_</c>: acts as nobody, holds <c>org:ci</c> only.</summary>
    Organization,

    /// <summary><c>sntryi_</c>: acts as an internal integration, on all teams and projects.</summary>
    InternalIntegration,

    /// <summary><c>sntrya_</c>: acts as an installed application.</summary>
    App,

    /// <summary>No prefix, sent as HTTP Basic with an empty password.</summary>
    ApiKey,
}

/// <summary>A credential.</summary>
public sealed class Token
{
    public required long Id { get; init; }

    public required string Value { get; init; }

    public required TokenKind Kind { get; init; }

    public required ScopeSet Scopes { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The person, for personal tokens; the app's proxy user, for tokens of apps; else null.</summary>
    public User? User { get; init; }

    public SentryApp? App { get; init; }

    /// <summary>The organization the token belongs to; null for personal tokens that are not pinned to one.</summary>
    public Organization? Organization { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsed { get; set; }

    /// <summary>A disabled API key, or a deactivated organization token.</summary>
    public bool IsDisabled { get; set; }

    public string LastFour => Value[^4..];
}
