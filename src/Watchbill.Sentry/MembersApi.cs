using System.Net;
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

/// <summary>Reads the members of an organization and changes them. Scope of reading: <c>member:read</c>. Changes are sent once: whether they happened, only reading tells.</summary>
public sealed class MembersApi
{
    /// <summary>What Sentry stores as "no more than the organization role gives".</summary>
    private const string LeastTeamRole = "contributor";

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
    /// <param name="keep">What to keep of each member. Asked page by page, for some rows more than once, so that no more than that lies in memory.</param>
    /// <param name="expected">About how many members there are; 0 when not known.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<T>> ListAllAsync<T>(string org, Func<SentryMember, T> keep, int expected = 0, CancellationToken cancellationToken = default) =>
        new GrowingPager<SentryMember, T>(_sender, SentryRequest.ToCell(org, "members/").Paged(), SentryJson.Default.ListSentryMember, keep)
            .ReadAsync(expected, cancellationToken);

    /// <summary><c>GET organizations/{org}/members/{id}/</c>: one member with teams, team roles and the role lists.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="memberId">The member id, or <c>me</c> for the caller.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.NotFound"/> also when the account is deactivated.</exception>
    public Task<SentryMemberDetail> GetAsync(string org, string memberId, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(One(org, memberId), SentryJson.Default.SentryMemberDetail, cancellationToken);

    /// <summary><c>POST organizations/{org}/members/</c>: invites somebody by mail. Scope: <c>member:invite</c>, <c>member:write</c> or <c>member:admin</c>.</summary>
    /// <returns>The open invitation.</returns>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.Validation"/> also when they are invited or a member already.</exception>
    public Task<SentryMember> InviteAsync(string org, SentryInvitation invitation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        var teams = invitation.TeamSlugs.Select(static slug => new TeamRoleItem(slug, LeastTeamRole)).ToList();
        var body = new InvitationBody(invitation.Email, invitation.OrgRole, teams, SendInvite: true);
        return _sender.GetAsync(SentryRequest.ToCell(org, "members/").As(HttpMethod.Post, body, SentryJson.Default.InvitationBody), SentryJson.Default.SentryMember, cancellationToken);
    }

    /// <summary><c>PUT organizations/{org}/members/{id}/</c> with <c>reinvite</c>: sends an open invitation again. Scope: <c>member:admin</c>, or <c>member:invite</c> for own invitations.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="memberId">The member id of the invitation.</param>
    /// <param name="regenerate">Makes a new link, which an expired invitation needs. Scope: <c>member:admin</c>.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public Task ReinviteAsync(string org, string memberId, bool regenerate, CancellationToken cancellationToken = default) =>
        _sender.WriteAsync(One(org, memberId).As(HttpMethod.Put, new ReinvitationBody(true, regenerate), SentryJson.Default.ReinvitationBody), cancellationToken);

    /// <summary>
    /// <c>PUT organizations/{org}/members/{id}/</c>: gives a member a role <em>and these teams</em>; whoever calls it read them just before. Sentry saves the teams
    /// before it looks whether the role may be given, so that a refusal can have changed them. Scope: <c>member:admin</c> of a person.
    /// </summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="memberId">The member id.</param>
    /// <param name="orgRole">The role.</param>
    /// <param name="teams">All teams of the member; those that are left out are taken away.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="ArgumentException">A team has no slug.</exception>
    public Task<SentryMemberDetail> ReplaceAsync(
        string org, string memberId, string orgRole, IReadOnlyList<SentryMemberTeamRole> teams, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(teams);
        var items = teams.Select(static team => new TeamRoleItem(team.TeamSlug ?? throw new ArgumentException("A team has no slug.", nameof(teams)), team.Role ?? LeastTeamRole)).ToList();
        return _sender.GetAsync(
            One(org, memberId).As(HttpMethod.Put, new MemberChangeBody(orgRole, items), SentryJson.Default.MemberChangeBody), SentryJson.Default.SentryMemberDetail, cancellationToken);
    }

    /// <summary><c>DELETE organizations/{org}/members/{id}/</c>: removes a member, or withdraws an invitation. Scope: <c>member:admin</c> of a person.</summary>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.NotFound"/> when there is no such member any more.</exception>
    public Task RemoveAsync(string org, string memberId, CancellationToken cancellationToken = default) =>
        _sender.WriteAsync(One(org, memberId).As(HttpMethod.Delete), cancellationToken);

    /// <summary><c>POST organizations/{org}/members/{id}/teams/{team}/</c>: puts a member on a team. Scope: <c>org:write</c> or <c>team:write</c>; <c>org:read</c> under open membership.</summary>
    public async Task<SentryJoining> JoinTeamAsync(string org, string memberId, string team, CancellationToken cancellationToken = default) =>
        await _sender.WriteAsync(Place(org, memberId, team).As(HttpMethod.Post), cancellationToken) switch
        {
            HttpStatusCode.Accepted => SentryJoining.Requested,
            HttpStatusCode.NoContent => SentryJoining.WasThere,
            _ => SentryJoining.Joined,
        };

    /// <summary><c>DELETE organizations/{org}/members/{id}/teams/{team}/</c>: takes a member off a team; who is not on it, is no error. Scope: <c>org:write</c> or <c>team:admin</c>.</summary>
    public Task LeaveTeamAsync(string org, string memberId, string team, CancellationToken cancellationToken = default) =>
        _sender.WriteAsync(Place(org, memberId, team).As(HttpMethod.Delete), cancellationToken);

    /// <summary>
    /// <c>PUT organizations/{org}/members/{id}/teams/{team}/</c>: gives a member a role on a team. A server without team roles does nothing and answers as if it did:
    /// look at what comes back. Scope: <c>team:write</c>, <c>org:write</c> or <c>member:write</c>.
    /// </summary>
    /// <returns>What is stored now.</returns>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.NotFound"/> when the member is not on the team.</exception>
    public Task<SentryTeamPlace> SetTeamRoleAsync(string org, string memberId, string team, string teamRole, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(Place(org, memberId, team).As(HttpMethod.Put, new TeamRoleBody(teamRole), SentryJson.Default.TeamRoleBody), SentryJson.Default.SentryTeamPlace, cancellationToken);

    private static SentryRequest One(string org, string memberId) => SentryRequest.ToCell(org, $"members/{SentryRequest.Segment(memberId)}/");

    private static SentryRequest Place(string org, string memberId, string team) =>
        SentryRequest.ToCell(org, $"members/{SentryRequest.Segment(memberId)}/teams/{SentryRequest.Segment(team)}/");
}
