using Watchbill.Access.Facts;

namespace Watchbill.Access.Effective;

/// <summary>A member or open invitation in an <see cref="AccessGraph"/>: what access depends on, and how to name the person.</summary>
public sealed record MemberNode
{
    /// <inheritdoc cref="Fact.Key"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="MemberFact.UserId"/>
    public string? UserId { get; init; }

    /// <inheritdoc cref="MemberFact.Email"/>
    public required string Email { get; init; }

    /// <inheritdoc cref="MemberFact.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="MemberFact.OrgRole"/>
    public required string OrgRole { get; init; }

    /// <inheritdoc cref="MemberFact.Pending"/>
    public bool Pending { get; init; }

    /// <inheritdoc cref="MemberFact.Expired"/>
    public bool Expired { get; init; }

    /// <inheritdoc cref="MemberFact.SsoLinked"/>
    public bool SsoLinked { get; init; }

    /// <inheritdoc cref="MemberFact.SsoInvalid"/>
    public bool SsoInvalid { get; init; }

    /// <inheritdoc cref="MemberFact.MemberLimitRestricted"/>
    public bool MemberLimitRestricted { get; init; }

    /// <inheritdoc cref="MemberFact.IdpProvisioned"/>
    public bool IdpProvisioned { get; init; }

    /// <inheritdoc cref="MemberFact.UserIsActive"/>
    public bool? UserIsActive { get; init; }

    /// <inheritdoc cref="MemberFact.UserIsSuspended"/>
    public bool? UserIsSuspended { get; init; }

    /// <inheritdoc cref="MemberFact.HasTwoFactor"/>
    public bool? HasTwoFactor { get; init; }

    /// <inheritdoc cref="MemberFact.IsSuperuser"/>
    public bool? IsSuperuser { get; init; }

    /// <inheritdoc cref="MemberFact.IsStaff"/>
    public bool? IsStaff { get; init; }

    /// <summary>May enter any organization of the installation by a privilege that no organization gives.</summary>
    public bool HasInstallationPrivilege => IsSuperuser is true || IsStaff is true;

    internal static MemberNode Of(MemberFact fact) => new()
    {
        Id = fact.Key,
        UserId = fact.UserId,
        Email = fact.Email,
        Name = fact.Name,
        OrgRole = fact.OrgRole,
        Pending = fact.Pending,
        Expired = fact.Expired,
        SsoLinked = fact.SsoLinked,
        SsoInvalid = fact.SsoInvalid,
        MemberLimitRestricted = fact.MemberLimitRestricted,
        IdpProvisioned = fact.IdpProvisioned,
        UserIsActive = fact.UserIsActive,
        UserIsSuspended = fact.UserIsSuspended,
        HasTwoFactor = fact.HasTwoFactor,
        IsSuperuser = fact.IsSuperuser,
        IsStaff = fact.IsStaff,
    };
}
