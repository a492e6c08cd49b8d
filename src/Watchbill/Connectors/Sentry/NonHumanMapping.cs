using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Principals that are no people as facts. The client already leaves every secret behind.</summary>
internal static class NonHumanMapping
{
    /// <summary>
    /// The organization's own apps and what is installed. An installed app that the organization does not own is a public one; its scopes
    /// are told only one by one, by <paramref name="installedApps"/>.
    /// </summary>
    public static Observation ObserveApps(
        DateTimeOffset readAt, IReadOnlyList<SentryApp> own, IReadOnlyList<SentryAppInstallation> installations, IReadOnlyList<SentryApp> installedApps)
    {
        var installed = installations.Select(installation => installation.App?.Uuid ?? installation.App?.Slug).ToHashSet();
        var apps = own.Concat(installedApps).DistinctBy(app => app.Uuid);
        return new(Scope.SentryApps, readAt, [.. apps.Select(app => ToFact(app, installed.Contains(app.Uuid) || installed.Contains(app.Slug)))], []);
    }

    public static Observation ObserveIntegrations(DateTimeOffset readAt, IReadOnlyList<SentryIntegration> integrations) =>
        new(Scope.Integrations, readAt, [.. integrations.Select(ToFact)], []);

    public static Observation ObserveTokens(DateTimeOffset readAt, IReadOnlyList<SentryOrganizationToken> tokens) =>
        new(Scope.OrganizationTokens, readAt, [.. tokens.Select(ToFact)], [.. tokens.Where(token => token.DateLastUsed is not null).Select(ToActivity)]);

    public static Observation ObserveKeys(DateTimeOffset readAt, IReadOnlyList<SentryClientKey> keys) =>
        new(Scope.ClientKeys, readAt, [.. keys.Select(ToFact)], []);

    private static NonHumanFact ToFact(SentryApp app, bool installed)
    {
        var kind = app.Status is "internal" ? NonHumanKind.InternalIntegration : NonHumanKind.PublicApp;
        return new()
        {
            Scope = Scope.SentryApps,
            Key = NonHumanFact.KeyOf(kind, app.Uuid),
            Kind = kind,
            ExternalId = app.Uuid,
            Slug = app.Slug,
            Name = app.Name ?? app.Slug ?? app.Uuid,
            Status = app.Status,

            // An internal integration is installed in its own organization by nature; Sentry lists the installation only sometimes.
            IsActive = app.IsDisabled is not true && (installed || kind is NonHumanKind.InternalIntegration),
            Scopes = Joined(app.Scopes),
            Provider = app.Author,
            WebhookOrigin = Origin(app.WebhookUrl),
        };
    }

    private static NonHumanFact ToFact(SentryIntegration integration) => new()
    {
        Scope = Scope.Integrations,
        Key = NonHumanFact.KeyOf(NonHumanKind.Integration, integration.Id),
        Kind = NonHumanKind.Integration,
        ExternalId = integration.Id,
        Name = integration.Name ?? integration.Id,
        Status = integration.OrganizationIntegrationStatus ?? integration.Status,
        IsActive = (integration.OrganizationIntegrationStatus ?? integration.Status) switch { null => null, "active" => true, _ => false },
        Scopes = Joined(integration.Scopes),
        Provider = integration.Provider?.Key,
        Ailments = Ailments(integration),
    };

    private static NonHumanFact ToFact(SentryOrganizationToken token) => new()
    {
        Scope = Scope.OrganizationTokens,
        Key = NonHumanFact.KeyOf(NonHumanKind.OrganizationToken, token.Id),
        Kind = NonHumanKind.OrganizationToken,
        ExternalId = token.Id,
        Name = token.Name ?? token.Id,
        IsActive = true,
        Scopes = Joined(token.Scopes),
        DateCreated = token.DateCreated,
    };

    private static NonHumanFact ToFact(SentryClientKey key) => new()
    {
        Scope = Scope.ClientKeys,
        Key = NonHumanFact.KeyOf(NonHumanKind.ClientKey, key.Id),
        Kind = NonHumanKind.ClientKey,
        ExternalId = key.Id,
        Name = key.Name ?? key.Label ?? key.Id,
        IsActive = key.IsActive,
        ProjectId = key.ProjectId,
        EventsPerHour = PerHour(key.RateLimit),
        DateCreated = key.DateCreated,
    };

    private static PrincipalActivity ToActivity(SentryOrganizationToken token) =>
        new() { PrincipalKey = NonHumanFact.KeyOf(NonHumanKind.OrganizationToken, token.Id), LastActive = token.DateLastUsed };

    /// <summary>Path and query may hold a secret.</summary>
    private static string? Origin(string? url) =>
        string.IsNullOrEmpty(url) ? null : Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : "unreadable:";

    private static int? PerHour(SentryKeyRateLimit? limit) =>
        limit is { Count: > 0 and var count, Window: > 0 and var window } ? (int)Math.Min(int.MaxValue, (long)count * 3600 / window) : null;

    private static string? Ailments(SentryIntegration integration)
    {
        List<string> ailments = [];
        ailments.AddRange(integration.Status is null or "active" ? [] : [integration.Status]);
        ailments.AddRange(integration.OutOfDate is true ? ["outOfDate"] : []);
        ailments.AddRange(integration.GracePeriodEnd is not null ? ["gracePeriod"] : []);
        return ailments.Count == 0 ? null : string.Join(' ', ailments);
    }

    private static string? Joined(IReadOnlyList<string>? scopes) => scopes is null ? null : string.Join(' ', scopes.Order(StringComparer.Ordinal));
}
