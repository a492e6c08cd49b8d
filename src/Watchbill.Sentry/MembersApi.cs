using Watchbill.Sentry.Json;
using Watchbill.Sentry.Paging;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A row of the member list. It has no teams; see <see cref="TeamsApi.ListMembers"/>.</summary>
public sealed record SentryMember : SentryMembership;

/// <summary>A member with its teams. An invitation link is never read, because whoever holds it can join.</summary>
public sealed record SentryMemberDetail : SentryMembership
{
    /// <summary>Slugs of the member's teams; null when the server did not say.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    public IReadOnlyList<SentryMemberTeamRole>? TeamRoles { get; init; }

    public bool? IsOnlyOwner { get; init; }

    public IReadOnlyList<SentryOrgRole>? OrgRoleList { get; init; }

    public IReadOnlyList<SentryTeamRole>? TeamRoleList { get; init; }
}

/// <summary>A team of a member.</summary>
public sealed record SentryMemberTeamRole
{
    public string? TeamSlug { get; init; }

    /// <summary>The stored team role; null means the least one that goes with the organization role.</summary>
    public string? Role { get; init; }
}

/// <summary>Reads the members of an organization. Scope: <c>member:read</c>.</summary>
public sealed class MembersApi
{
    private readonly RequestSender _sender;

    internal MembersApi(RequestSender sender) => _sender = sender;

    /// <summary>
    /// <c>GET organizations/{org}/members/</c>: active members and open invitations, by member id. Deactivated accounts and unapproved requests
    /// are not in it. A row removed while the list is read can hide another row; the next read shows it.
    /// </summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="query">Sentry's member search, for example <c>role:owner</c>; null for all. An unknown key gives an empty list, not an error.</param>
    public SentryListing<SentryMember> List(string org, string? query = null) =>
        _sender.List(SentryRequest.ToCell(org, "members/").With("query", query).Paged(), SentryJson.Default.ListSentryMember);

    /// <summary>
    /// The same list, whole, and proof against rows that are removed while it is read: its pages are read at once and its last page once more, which shows
    /// whether anything moved. One request more than it has pages where <paramref name="expected"/> is about right, and about twice the binary
    /// logarithm of its pages more where nothing is known.
    /// </summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="expected">About how many members there are; 0 when not known.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<SentryMember>> ListAllAsync(string org, int expected = 0, CancellationToken cancellationToken = default) =>
        new GrowingPager<SentryMember>(_sender, SentryRequest.ToCell(org, "members/").Paged(), SentryJson.Default.ListSentryMember)
            .ReadAsync(expected, cancellationToken);

    /// <summary><c>GET organizations/{org}/members/{id}/</c>: one member with teams, team roles and the role lists.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="memberId">The member id, or <c>me</c> for the caller.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.NotFound"/> also when the account is deactivated.</exception>
    public Task<SentryMemberDetail> GetAsync(string org, string memberId, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(SentryRequest.ToCell(org, $"members/{SentryRequest.Segment(memberId)}/"), SentryJson.Default.SentryMemberDetail, cancellationToken);
}
