using System.Text.Json.Serialization;
using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A team. What Sentry says about the caller's own relation to it is left out, because it is no fact about the team.</summary>
public sealed record SentryTeam : IKeyed
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>Memberships including invitations and deactivated accounts; 0 for callers without an account, so only a hint.</summary>
    public int? MemberCount { get; init; }

    public SentryTeamFlags? Flags { get; init; }

    /// <summary>The team's projects; null unless the detailed list was asked for.</summary>
    public IReadOnlyList<SentryProject>? Projects { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>Facts about a team that Sentry keeps as flags.</summary>
public sealed record SentryTeamFlags
{
    /// <summary>The membership is managed by SCIM and cannot be changed in Sentry.</summary>
    [JsonPropertyName("idp:provisioned")]
    public bool? IdpProvisioned { get; init; }
}

/// <summary>A member as listed by one of its teams.</summary>
public sealed record SentryTeamMember : SentryMembership
{
    /// <summary>The stored team role; null means the least one that goes with the organization role.</summary>
    public string? TeamRole { get; init; }

    public string? TeamSlug { get; init; }
}

/// <summary>Reads teams and who is in them.</summary>
public sealed class TeamsApi
{
    private readonly RequestSender _sender;

    internal TeamsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/teams/</c>, by slug. Scope: <c>org:read</c>.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="detailed">Also sends each team's projects, which makes the answer heavy.</param>
    public SentryListing<SentryTeam> List(string org, bool detailed = false) =>
        _sender.List(SentryRequest.ToCell(org, "teams/").With("detailed", detailed ? "1" : "0").Paged(), SentryJson.Default.ListSentryTeam);

    /// <summary><c>GET teams/{org}/{team}/</c>: one team. Scope: <c>team:read</c>.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="team">Slug or id of the team.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public Task<SentryTeam> GetAsync(string org, string team, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(
            SentryRequest.ToCellPath(org, $"teams/{SentryRequest.Segment(org)}/{SentryRequest.Segment(team)}/"), SentryJson.Default.SentryTeam, cancellationToken);

    /// <summary><c>GET teams/{org}/{team}/members/</c>, open invitations included. Scope: <c>team:read</c>.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="team">Slug or id of the team.</param>
    public SentryListing<SentryTeamMember> ListMembers(string org, string team) =>
        _sender.List(
            SentryRequest.ToCellPath(org, $"teams/{SentryRequest.Segment(org)}/{SentryRequest.Segment(team)}/members/").Paged(),
            SentryJson.Default.ListSentryTeamMember);
}
