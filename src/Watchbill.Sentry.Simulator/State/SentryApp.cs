using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>An application that acts without a person: an internal integration, or a custom or published app that is installed.</summary>
public sealed class SentryApp
{
    public const string Internal = "internal";

    public required long Id { get; init; }

    public required Guid Uuid { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary><see cref="Internal"/>, <c>unpublished</c> or <c>published</c>.</summary>
    public required string Status { get; init; }

    public required ScopeSet Scopes { get; set; }

    /// <summary>The account the app's tokens act as.</summary>
    public required User ProxyUser { get; init; }

    public required Guid InstallationUuid { get; init; }

    public IReadOnlyList<string> Events { get; init; } = [];

    public string? WebhookUrl { get; init; }

    public bool IsDisabled { get; set; }

    /// <summary>True when the organization made the app; false when it only installed a published one.</summary>
    public bool IsOwned { get; init; } = true;
}
