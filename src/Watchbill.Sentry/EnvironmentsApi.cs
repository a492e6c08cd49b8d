using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>An environment that events were sent from.</summary>
public sealed record SentryEnvironment : IKeyed
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Reads environments. Scope: <c>org:read</c>.</summary>
public sealed class EnvironmentsApi
{
    private readonly RequestSender _sender;

    internal EnvironmentsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/environments/</c>, in one answer; hidden ones are left out.</summary>
    public SentryListing<SentryEnvironment> List(string org) =>
        _sender.List(SentryRequest.ToCell(org, "environments/"), SentryJson.Default.ListSentryEnvironment);
}
