using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>What sort of non-human principal it is.</summary>
public enum NonHumanKind
{
    /// <summary>An internal integration of the organization: acts with its scopes on every team and project.</summary>
    InternalIntegration,

    /// <summary>A public app that is installed: acts with its scopes on every team and project.</summary>
    PublicApp,

    /// <summary>A connection to another product (source control, chat, tickets).</summary>
    Integration,

    /// <summary>An organization token: fixed scope <c>org:ci</c>, every project.</summary>
    OrganizationToken,

    /// <summary>A client key (DSN): may send events to one project.</summary>
    ClientKey,
}

/// <summary>A principal that is no person. Key: <c>kind:id</c>. Secrets are never part of it.</summary>
public sealed class NonHumanFact : Fact
{
    /// <summary>What sort it is.</summary>
    public required NonHumanKind Kind { get; init; }

    /// <summary>Sentry's id: the app's uuid, the token's or integration's id, the client key's public part.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The slug, where it has one.</summary>
    public string? Slug { get; init; }

    /// <summary>The name somebody gave it.</summary>
    public required string Name { get; init; }

    /// <summary>Sentry's status, for example <c>internal</c>, <c>published</c>, <c>active</c>; null when not told.</summary>
    public string? Status { get; init; }

    /// <summary>Whether it works now: installed, not disabled, key active. Null when not told.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Its scopes, sorted, separated by one space; null when Sentry does not tell them.</summary>
    public string? Scopes { get; init; }

    /// <summary>The one project it is bound to (client keys); null when it reaches all.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The provider of an integration (for example <c>github</c>), the author of an app; null when none.</summary>
    public string? Provider { get; init; }

    /// <summary>When it was created; null when not told.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Where an app sends what happens, without path and query, for example <c>https://hooks.example.com</c>; null when it sends nothing or is no app.</summary>
    public string? WebhookOrigin { get; init; }

    /// <summary>So many events per hour a client key accepts; null without a limit and for all others.</summary>
    public int? EventsPerHour { get; init; }

    /// <summary>Why an integration needs care, in Sentry's words (<c>disabled</c>, <c>outOfDate</c>, <c>gracePeriod</c>), separated by spaces; null when it needs none or is none.</summary>
    public string? Ailments { get; init; }

    /// <summary>The key of a non-human principal.</summary>
    public static string KeyOf(NonHumanKind kind, string externalId) => $"{kind}:{externalId}";

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder
        .Add((long)Kind).Add(ExternalId).Add(Slug).Add(Name).Add(Status).Add(IsActive).Add(Scopes).Add(ProjectId).Add(Provider).Add(DateCreated)
        .Add(WebhookOrigin).Add(EventsPerHour).Add(Ailments);
}
