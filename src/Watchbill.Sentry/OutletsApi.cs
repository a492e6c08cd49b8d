using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>Sends the events of projects to somebody else. Where exactly and with which secret is left out.</summary>
public sealed record SentryDataForwarder : IKeyed
{
    public required string Id { get; init; }

    /// <summary>For example sqs, segment or splunk.</summary>
    public string? Provider { get; init; }

    public bool? IsEnabled { get; init; }

    /// <summary>Whether projects that are made later take part by themselves.</summary>
    public bool? EnrollNewProjects { get; init; }

    public IReadOnlyList<SentryProjectReference>? EnrolledProjects { get; init; }

    public DateTimeOffset? DateAdded { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A relay that passes events on.</summary>
public sealed record SentryRelay : IKeyed
{
    public required string RelayId { get; init; }

    public string? Version { get; init; }

    public string? PublicKey { get; init; }

    public DateTimeOffset? FirstSeen { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    string IKeyed.Key => RelayId;
}

/// <summary>Reads where data comes through and goes to. Scope: <c>org:read</c>. Older servers do not know these addresses.</summary>
public sealed class OutletsApi
{
    private readonly RequestSender _sender;

    internal OutletsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/forwarding/</c>.</summary>
    public SentryListing<SentryDataForwarder> ListForwarders(string org) =>
        _sender.List(SentryRequest.ToCell(org, "forwarding/").Paged(), SentryJson.Default.ListSentryDataForwarder);

    /// <summary><c>GET organizations/{org}/relay_usage/</c>, in one answer.</summary>
    public SentryListing<SentryRelay> ListRelays(string org) =>
        _sender.List(SentryRequest.ToCell(org, "relay_usage/"), SentryJson.Default.ListSentryRelay);
}
