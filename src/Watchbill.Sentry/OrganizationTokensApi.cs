using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>An organization token, by its description; the token itself is not in it.</summary>
public sealed record SentryOrganizationToken : IKeyed
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public string? TokenLastCharacters { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Null when it was never used.</summary>
    public DateTimeOffset? DateLastUsed { get; init; }

    public string? ProjectLastUsedId { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Reads organization tokens. The endpoint is not in Sentry's published description.</summary>
public sealed class OrganizationTokensApi
{
    private readonly RequestSender _sender;

    internal OrganizationTokensApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/org-auth-tokens/</c>: active tokens in one answer. Scope: <c>org:read</c>.</summary>
    public SentryListing<SentryOrganizationToken> List(string org) =>
        _sender.List(SentryRequest.ToControl(org, "org-auth-tokens/"), SentryJson.Default.ListSentryOrganizationToken);
}
