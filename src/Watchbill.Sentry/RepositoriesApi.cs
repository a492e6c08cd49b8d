using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A repository of source code that Sentry knows.</summary>
public sealed record SentryRepository : IKeyed
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public SentryRepositoryProvider? Provider { get; init; }

    /// <summary>active, or why it is not.</summary>
    public string? Status { get; init; }

    /// <summary>The integration it comes through; null when there is none any more.</summary>
    public string? IntegrationId { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Where a repository is kept.</summary>
public sealed record SentryRepositoryProvider
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

/// <summary>Reads repositories. Scope: <c>org:read</c> or <c>org:integrations</c>.</summary>
public sealed class RepositoriesApi
{
    private readonly RequestSender _sender;

    internal RepositoriesApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/repos/</c>: those that are not deleted.</summary>
    public SentryListing<SentryRepository> List(string org) =>
        _sender.List(SentryRequest.ToCell(org, "repos/").Paged(), SentryJson.Default.ListSentryRepository);
}
