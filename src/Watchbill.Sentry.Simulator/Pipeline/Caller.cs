using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>Who sent a request.</summary>
/// <param name="Token">Null when no credential was sent.</param>
internal sealed record Caller(Token? Token)
{
    public static Caller Anonymous { get; } = new((Token?)null);

    public User? User => Token?.User;

    public ScopeSet TokenScopes => Token?.Scopes ?? default;

    public bool IsApp => Token is { Kind: TokenKind.InternalIntegration or TokenKind.App };

    public bool IsPerson => Token is { Kind: TokenKind.Personal };

    /// <summary>Who the audit log will name.</summary>
    public Actor Actor(string? ipAddress) => User is { } user ? new Actor(user, user.Name, ipAddress) : new Actor(null, Token?.Name ?? "anonymous", ipAddress);
}
