namespace Watchbill.Sentry.Simulator.State;

/// <summary>Marks on a member. Sentry writes them as an object of booleans.</summary>
[Flags]
public enum MemberFlags
{
    None = 0,

    /// <summary>Created and managed by SCIM: the plain DELETE refuses it.</summary>
    IdpProvisioned = 1,

    /// <summary>The identity provider dictates the organization role.</summary>
    IdpRoleRestricted = 2,

    /// <summary>An identity of the organization's single sign-on is linked.</summary>
    SsoLinked = 4,

    /// <summary>The link is no longer valid.</summary>
    SsoInvalid = 8,

    /// <summary>Disabled because the plan has no seat left.</summary>
    OverMemberLimit = 16,

    /// <summary>Managed by a partner: changes answer 403.</summary>
    PartnershipRestricted = 32,
}
