using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>Somebody's open wish to join a team. Sentry does not describe this answer, so everything but the id may be missing.</summary>
public sealed record SentryAccessRequest : IKeyed
{
    public required string Id { get; init; }

    public SentryMember? Member { get; init; }

    public SentryTeamReference? Team { get; init; }

    /// <summary>Who asked on the member's behalf; null when the member did.</summary>
    public SentryUser? Requester { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Reads open wishes to join teams. The endpoint is not in Sentry's published description.</summary>
public sealed class AccessRequestsApi
{
    private readonly RequestSender _sender;

    internal AccessRequestsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/access-requests/</c>, in one answer. Scope: <c>org:read</c>, <c>member:read</c> or <c>team:read</c>.</summary>
    public SentryListing<SentryAccessRequest> List(string org) =>
        _sender.List(SentryRequest.ToCell(org, "access-requests/"), SentryJson.Default.ListSentryAccessRequest);
}
