using System.Text.Json.Serialization;

namespace Watchbill.Sentry;

/// <summary>What every form of an organization member has: the listed row, the detail and the team member.</summary>
public abstract record SentryMembership : IKeyed
{
    /// <summary>The organization member id, used in every member address and in SCIM; never the user id.</summary>
    public required string Id { get; init; }

    /// <summary>The account's address, or the invited one.</summary>
    public string? Email { get; init; }

    /// <summary>The display name, or the address while the invitation is open.</summary>
    public string? Name { get; init; }

    public string? OrgRole { get; init; }

    /// <summary>The older name of <see cref="OrgRole"/>, still sent beside it.</summary>
    [JsonPropertyName("role")]
    public string? LegacyRole { get; init; }

    /// <summary>The invitation is not accepted yet, so there is no <see cref="User"/>.</summary>
    public bool? Pending { get; init; }

    /// <summary>The invitation has grown too old to be accepted.</summary>
    public bool? Expired { get; init; }

    public string? InviteStatus { get; init; }

    /// <summary>Null when the member came through single sign-on, SCIM or a key.</summary>
    public string? InviterName { get; init; }

    /// <summary>When the membership was made: the time of the invitation, not of its acceptance.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    public SentryMemberFlags? Flags { get; init; }

    /// <summary>The account; null for invitations and for accounts Sentry could not resolve.</summary>
    public SentryUser? User { get; init; }

    /// <summary>The organization role under whichever name the server sent it.</summary>
    [JsonIgnore]
    public string? RoleId => OrgRole ?? LegacyRole;

    /// <summary>Whether this is an open invitation; a member without account counts as one when the server does not say.</summary>
    [JsonIgnore]
    public bool IsInvitation => Pending ?? User is null;

    string IKeyed.Key => Id;
}

/// <summary>Facts about a membership that Sentry keeps as flags; null where the server does not know the flag.</summary>
public sealed record SentryMemberFlags
{
    /// <summary>Made and managed by SCIM; the ordinary removal is refused.</summary>
    [JsonPropertyName("idp:provisioned")]
    public bool? IdpProvisioned { get; init; }

    /// <summary>The organization role is dictated by the identity provider.</summary>
    [JsonPropertyName("idp:role-restricted")]
    public bool? IdpRoleRestricted { get; init; }

    /// <summary>The account is linked to the organization's single sign-on.</summary>
    [JsonPropertyName("sso:linked")]
    public bool? SsoLinked { get; init; }

    /// <summary>The link is no longer valid.</summary>
    [JsonPropertyName("sso:invalid")]
    public bool? SsoInvalid { get; init; }

    /// <summary>Switched off because the plan has no seat left.</summary>
    [JsonPropertyName("member-limit:restricted")]
    public bool? MemberLimitRestricted { get; init; }

    /// <summary>Managed by a partner; changes are refused.</summary>
    [JsonPropertyName("partnership:restricted")]
    public bool? PartnershipRestricted { get; init; }
}
