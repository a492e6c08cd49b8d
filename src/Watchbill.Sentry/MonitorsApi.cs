using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A monitor of jobs that run by schedule.</summary>
public sealed record SentryMonitor : IKeyed
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }

    /// <summary>active or disabled.</summary>
    public string? Status { get; init; }

    public bool? IsMuted { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public SentryProjectReference? Project { get; init; }

    /// <summary>Null when nobody owns it.</summary>
    public SentryOwner? Owner { get; init; }

    public IReadOnlyList<SentryMonitorEnvironment>? Environments { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>How a monitor stands in one environment.</summary>
public sealed record SentryMonitorEnvironment
{
    public string? Name { get; init; }

    public string? Status { get; init; }

    public bool? IsMuted { get; init; }

    public DateTimeOffset? LastCheckIn { get; init; }

    public DateTimeOffset? NextCheckIn { get; init; }

    /// <summary>Null while all is well.</summary>
    public SentryMonitorIncident? ActiveIncident { get; init; }
}

/// <summary>Runs of a monitored job that fail or do not happen.</summary>
public sealed record SentryMonitorIncident
{
    public DateTimeOffset? StartingTimestamp { get; init; }
}

/// <summary>Reads monitors. Scope: <c>org:read</c> or <c>alerts:read</c>.</summary>
public sealed class MonitorsApi
{
    private readonly RequestSender _sender;

    internal MonitorsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/monitors/</c> of all projects.</summary>
    public SentryListing<SentryMonitor> List(string org) =>
        _sender.List(SentryRequest.ToCell(org, "monitors/").With("project", "-1").Paged(), SentryJson.Default.ListSentryMonitor);
}
