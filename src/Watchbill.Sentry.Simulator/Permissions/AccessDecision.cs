namespace Watchbill.Sentry.Simulator.Permissions;

/// <summary>What Sentry allows somebody on one project.</summary>
/// <param name="IsVisible">Whether the project can be reached, were nothing in the way.</param>
/// <param name="Scopes">What can be done there; empty when not visible.</param>
/// <param name="BlockedBy">Why it cannot be used right now (invitation not accepted, account deactivated, ...), or null.</param>
public sealed record AccessDecision(bool IsVisible, ScopeSet Scopes, string? BlockedBy = null)
{
    internal static AccessDecision None { get; } = new(false, default);

    /// <summary>True when the project can be used now.</summary>
    public bool IsUsable => IsVisible && BlockedBy is null;
}
