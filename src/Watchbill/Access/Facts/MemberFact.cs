using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>
/// A member of the organization, or an invitation that nobody accepted yet. Key: the organization member id (never the user id).
/// When somebody was last active is not here: it changes daily and would open a new period each time, see <see cref="PrincipalActivity"/>.
/// </summary>
public sealed class MemberFact : Fact
{
    /// <summary>Sentry's global user id; null while the invitation is open.</summary>
    public string? UserId { get; init; }

    /// <summary>The user's primary address, or the invited one.</summary>
    public required string Email { get; init; }

    /// <summary>The display name; the address while the invitation is open.</summary>
    public required string Name { get; init; }

    /// <summary>The organization role's id as Sentry wrote it: billing, member, admin, manager, owner, or one we do not know.</summary>
    public required string OrgRole { get; init; }

    /// <summary>The invitation is not accepted yet.</summary>
    public bool Pending { get; init; }

    /// <summary>The invitation can no longer be accepted.</summary>
    public bool Expired { get; init; }

    /// <summary>Sentry's invite status; null when not told.</summary>
    public string? InviteStatus { get; init; }

    /// <summary>Display name of who invited; null for single sign-on, SCIM or keys.</summary>
    public string? InviterName { get; init; }

    /// <summary>When the membership row was created (invited, not accepted); null when not told.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>An identity of the single sign-on provider is linked.</summary>
    public bool SsoLinked { get; init; }

    /// <summary>The link is no longer valid; the person must sign in through the provider again.</summary>
    public bool SsoInvalid { get; init; }

    /// <summary>Disabled because the plan has fewer seats.</summary>
    public bool MemberLimitRestricted { get; init; }

    /// <summary>Created and managed through SCIM.</summary>
    public bool IdpProvisioned { get; init; }

    /// <summary>The identity provider dictates the organization role.</summary>
    public bool IdpRoleRestricted { get; init; }

    /// <summary>Managed by a partner; cannot be changed by the organization.</summary>
    public bool PartnershipRestricted { get; init; }

    /// <summary>The user account is active; null while the invitation is open or when not told.</summary>
    public bool? UserIsActive { get; init; }

    /// <summary>The user account is suspended; null when not told (older servers).</summary>
    public bool? UserIsSuspended { get; init; }

    /// <summary>A second factor is enrolled; null while the invitation is open or when not told.</summary>
    public bool? HasTwoFactor { get; init; }

    /// <summary>A password can be used to sign in; null when not told.</summary>
    public bool? HasPasswordAuth { get; init; }

    /// <summary>The account is managed by an external authentication; null when not told.</summary>
    public bool? IsManaged { get; init; }

    /// <summary>May take over any organization of the installation (self-hosted); null when not told.</summary>
    public bool? IsSuperuser { get; init; }

    /// <summary>Belongs to the installation's staff; null when not told.</summary>
    public bool? IsStaff { get; init; }

    /// <summary>The person proved that the address is theirs; null while the invitation is open or when not told.</summary>
    public bool? EmailVerified { get; init; }

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder
        .Add(UserId).Add(Email).Add(Name).Add(OrgRole).Add(Pending).Add(Expired).Add(InviteStatus).Add(InviterName).Add(DateCreated)
        .Add(SsoLinked).Add(SsoInvalid).Add(MemberLimitRestricted).Add(IdpProvisioned).Add(IdpRoleRestricted).Add(PartnershipRestricted)
        .Add(UserIsActive).Add(UserIsSuspended).Add(HasTwoFactor).Add(HasPasswordAuth).Add(IsManaged).Add(IsSuperuser).Add(IsStaff).Add(EmailVerified);
}
