using System.Text.Json.Serialization;
using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>The organization's single sign-on.</summary>
public sealed record SentryAuthProvider
{
    public required string Id { get; init; }

    [JsonPropertyName("provider_name")]
    public string? ProviderName { get; init; }

    /// <summary>Members who have not linked their account.</summary>
    [JsonPropertyName("pending_links_count")]
    public int? PendingLinksCount { get; init; }

    /// <summary>The role of people who arrive through it.</summary>
    [JsonPropertyName("default_role")]
    public string? DefaultRole { get; init; }

    /// <summary>Members without a link cannot use the web interface; API tokens still work.</summary>
    [JsonPropertyName("require_link")]
    public bool? RequireLink { get; init; }

    [JsonPropertyName("scim_enabled")]
    public bool? ScimEnabled { get; init; }
}

/// <summary>Reads the single sign-on configuration. The endpoint is not in Sentry's published description.</summary>
public sealed class AuthProviderApi
{
    private readonly RequestSender _sender;

    internal AuthProviderApi(RequestSender sender) => _sender = sender;

    /// <summary>
    /// <c>GET organizations/{org}/auth-provider/</c>: null when there is no single sign-on. Which part of sentry.io serves it is not documented, so
    /// the base host is asked first and the organization's region next. Scope: <c>org:read</c>.
    /// </summary>
    public Task<SentryAuthProvider?> GetAsync(string org, CancellationToken cancellationToken = default) =>
        _sender.GetOptionalAsync(SentryRequest.ToControlOrCell(org, "auth-provider/"), SentryJson.Default.SentryAuthProvider, cancellationToken);
}
