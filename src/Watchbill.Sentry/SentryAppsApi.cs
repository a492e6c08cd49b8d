using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A custom integration. Its scopes reach all teams and projects of an organization that installed it. The client secret is never read.</summary>
public sealed record SentryApp : IKeyed
{
    public required string Uuid { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }

    public string? Author { get; init; }

    /// <summary><c>internal</c> for an organization's own integration; <c>unpublished</c>, <c>published</c> and others exist.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public IReadOnlyList<string>? Events { get; init; }

    public string? WebhookUrl { get; init; }

    public bool? IsAlertable { get; init; }

    public bool? IsDisabled { get; init; }

    public bool? VerifyInstall { get; init; }

    public DateTimeOffset? DatePublished { get; init; }

    public SentryAppOwner? Owner { get; init; }

    string IKeyed.Key => Uuid;
}

/// <summary>The organization that owns an app.</summary>
public sealed record SentryAppOwner
{
    public string? Id { get; init; }

    public string? Slug { get; init; }
}

/// <summary>An app in use by an organization.</summary>
public sealed record SentryAppInstallation : IKeyed
{
    public required string Uuid { get; init; }

    public string? Status { get; init; }

    public SentryInstalledApp? App { get; init; }

    string IKeyed.Key => Uuid;
}

/// <summary>The app of an installation.</summary>
public sealed record SentryInstalledApp
{
    public string? Uuid { get; init; }

    public string? Slug { get; init; }
}

/// <summary>Reads Sentry apps, internal integrations included.</summary>
public sealed class SentryAppsApi
{
    private readonly RequestSender _sender;

    internal SentryAppsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/sentry-apps/</c>: apps the organization owns. Scope: <c>org:read</c>.</summary>
    public SentryListing<SentryApp> List(string org) =>
        _sender.List(SentryRequest.ToControl(org, "sentry-apps/"), SentryJson.Default.ListSentryApp);

    /// <summary>
    /// <c>GET organizations/{org}/sentry-app-installations/</c>: apps in use, others' included. Scope: <c>org:read</c> or <c>org:integrations</c>.
    /// </summary>
    public SentryListing<SentryAppInstallation> ListInstallations(string org) =>
        _sender.List(SentryRequest.ToControl(org, "sentry-app-installations/").Paged(), SentryJson.Default.ListSentryAppInstallation);

    /// <summary><c>GET sentry-apps/{slug}/</c>: one app, for the scopes of a third party.</summary>
    /// <exception cref="SentryException">
    /// <see cref="SentryFailureKind.Forbidden"/> or <see cref="SentryFailureKind.NotFound"/> for apps the caller may not see.
    /// </exception>
    public Task<SentryApp> GetAsync(string slug, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(SentryRequest.ToControl($"sentry-apps/{SentryRequest.Segment(slug)}/"), SentryJson.Default.SentryApp, cancellationToken);
}
