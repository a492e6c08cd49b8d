using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A connection of the organization to another service, for example a code host or a chat.</summary>
public sealed record SentryIntegration : IKeyed
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The account or workspace at the other service.</summary>
    public string? DomainName { get; init; }

    public string? AccountType { get; init; }

    /// <summary>What Sentry may do at the other service.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    public string? Status { get; init; }

    public string? OrganizationIntegrationStatus { get; init; }

    public bool? OutOfDate { get; init; }

    public DateTimeOffset? GracePeriodEnd { get; init; }

    public string? ExternalId { get; init; }

    public SentryIntegrationProvider? Provider { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>The kind of service behind an integration.</summary>
public sealed record SentryIntegrationProvider
{
    public string? Key { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }
}

/// <summary>Reads integrations. Scope: <c>org:read</c> or <c>org:integrations</c>.</summary>
public sealed class IntegrationsApi
{
    private readonly RequestSender _sender;

    internal IntegrationsApi(RequestSender sender) => _sender = sender;

    /// <summary>
    /// <c>GET organizations/{org}/integrations/?includeConfig=false</c>: without the configuration, which Sentry would fetch from the other services.
    /// </summary>
    public SentryListing<SentryIntegration> List(string org) =>
        _sender.List(SentryRequest.ToCell(org, "integrations/").With("includeConfig", "false").Paged(), SentryJson.Default.ListSentryIntegration);
}
