using System.Text.Json.Serialization;
using Watchbill.Sentry.Json;
using Watchbill.Sentry.Paging;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A member as SCIM shows it.</summary>
public sealed record ScimUser : IKeyed
{
    /// <summary>The organization member id.</summary>
    public required string Id { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? UserName { get; init; }

    /// <summary>Null for identity providers that are not told.</summary>
    public bool? Active { get; init; }

    public string? SentryOrgRole { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A team as SCIM shows it; team roles are never in it.</summary>
public sealed record ScimGroup : IKeyed
{
    /// <summary>The team id.</summary>
    public required string Id { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Members with invitations and deactivated accounts; null when they were not asked for. Sentry documents a cap of 10,000.</summary>
    public IReadOnlyList<ScimGroupMember>? Members { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A member inside a SCIM group.</summary>
public sealed record ScimGroupMember
{
    /// <summary>The organization member id.</summary>
    public required string Value { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Display { get; init; }
}

internal sealed record ScimPage<T>
{
    public required int TotalResults { get; init; }

    [JsonPropertyName("Resources")]
    public required List<T> Resources { get; init; }
}

/// <summary>Reads and changes an organization through SCIM 2.0, which works only where the single sign-on provider has it switched on; else 403.</summary>
public sealed class ScimApi
{
    private readonly RequestSender _sender;

    internal ScimApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/scim/v2/Users</c>. Scope: <c>member:read</c>.</summary>
    public SentryListing<ScimUser> ListUsers(string org) =>
        ScimPager.List(_sender, SentryRequest.ToCell(org, "scim/v2/Users"), SentryJson.Default.ScimPageScimUser);

    /// <summary><c>GET organizations/{org}/scim/v2/Groups</c>: who is in which team, in the fewest requests. Scope: <c>team:read</c>.</summary>
    /// <param name="org">Slug or id of the organization.</param>
    /// <param name="includeMembers">False leaves the members out.</param>
    public SentryListing<ScimGroup> ListGroups(string org, bool includeMembers = true) =>
        ScimPager.List(
            _sender,
            SentryRequest.ToCell(org, "scim/v2/Groups").With("excludedAttributes", includeMembers ? null : "members"),
            SentryJson.Default.ScimPageScimGroup);

    /// <summary>
    /// <c>DELETE organizations/{org}/scim/v2/Users/{id}</c>: removes a member, also one that the identity provider manages, and also for an integration's token.
    /// Scope: <c>member:admin</c>.
    /// </summary>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.NotFound"/> when there is no such member any more.</exception>
    public Task RemoveUserAsync(string org, string memberId, CancellationToken cancellationToken = default) =>
        _sender.WriteAsync(User(org, memberId).As(HttpMethod.Delete), cancellationToken);

    /// <summary>
    /// <c>PUT organizations/{org}/scim/v2/Users/{id}</c>: gives a member a role and marks it as given by the identity provider. Owners stay what they are without a
    /// word, and nobody becomes one. Sentry's audit log does not tell of it. Scope: <c>member:write</c>.
    /// </summary>
    /// <returns>The member as it is now.</returns>
    public Task<ScimUser> SetRoleAsync(string org, string memberId, string orgRole, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(User(org, memberId).As(HttpMethod.Put, new ScimRoleBody(orgRole), SentryJson.Default.ScimRoleBody), SentryJson.Default.ScimUser, cancellationToken);

    /// <summary><c>PATCH organizations/{org}/scim/v2/Groups/{id}</c>: puts a member on a team, also on one that the identity provider manages. Scope: <c>team:write</c>.</summary>
    public Task AddToGroupAsync(string org, string teamId, string memberId, CancellationToken cancellationToken = default) =>
        PatchAsync(org, teamId, new ScimOperation("add", "members") { Value = [new(memberId)] }, cancellationToken);

    /// <summary><c>PATCH organizations/{org}/scim/v2/Groups/{id}</c>: takes a member off a team, also off one that the identity provider manages. Scope: <c>team:write</c>.</summary>
    public Task RemoveFromGroupAsync(string org, string teamId, string memberId, CancellationToken cancellationToken = default) =>
        PatchAsync(org, teamId, new ScimOperation("remove", $"members[value eq \"{memberId}\"]"), cancellationToken);

    private Task PatchAsync(string org, string teamId, ScimOperation operation, CancellationToken cancellationToken) => _sender.WriteAsync(
        SentryRequest.ToCell(org, $"scim/v2/Groups/{SentryRequest.Segment(teamId)}").As(HttpMethod.Patch, new ScimPatchBody([operation]), SentryJson.Default.ScimPatchBody),
        cancellationToken);

    private static SentryRequest User(string org, string memberId) => SentryRequest.ToCell(org, $"scim/v2/Users/{SentryRequest.Segment(memberId)}");
}
