using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Members and invitations as facts.</summary>
internal static class MemberMapping
{
    public static Observation Observe(DateTimeOffset readAt, IReadOnlyList<ObservedMember> members) =>
        new(Scope.Members, readAt, [.. members.Select(static member => member.Fact)], [.. members.Select(static member => member.Activity).OfType<PrincipalActivity>()]);

    public static ObservedMember Of(SentryMembership member) => new(ToFact(member), Signs(member) ? ToActivity(member) : null);

    private static MemberFact ToFact(SentryMembership member) => new()
    {
        Scope = Scope.Members,
        Key = member.Id,
        UserId = member.User?.Id,
        Email = member.User?.Email ?? member.Email ?? "",
        Name = member.Name ?? member.User?.Name ?? member.Email ?? "",
        OrgRole = member.RoleId ?? "",
        Pending = member.IsInvitation,
        Expired = member.Expired ?? false,
        InviteStatus = member.InviteStatus,
        InviterName = member.InviterName,
        DateCreated = member.DateCreated,
        SsoLinked = member.Flags?.SsoLinked ?? false,
        SsoInvalid = member.Flags?.SsoInvalid ?? false,
        MemberLimitRestricted = member.Flags?.MemberLimitRestricted ?? false,
        IdpProvisioned = member.Flags?.IdpProvisioned ?? false,
        IdpRoleRestricted = member.Flags?.IdpRoleRestricted ?? false,
        PartnershipRestricted = member.Flags?.PartnershipRestricted ?? false,
        UserIsActive = member.User?.IsActive,
        UserIsSuspended = member.User?.IsSuspended,
        HasTwoFactor = member.User?.Has2fa,
        HasPasswordAuth = member.User?.HasPasswordAuth,
        IsManaged = member.User?.IsManaged,
        IsSuperuser = member.User?.IsSuperuser,
        IsStaff = member.User?.IsStaff,
        EmailVerified = Verified(member.User),
    };

    /// <summary>Whether the address that is shown was proven to be theirs; null when Sentry does not list it.</summary>
    private static bool? Verified(SentryUser? user) =>
        user?.Emails?.FirstOrDefault(address => string.Equals(address.Email, user.Email, StringComparison.OrdinalIgnoreCase))?.IsVerified;

    private static bool Signs(SentryMembership member) => member.User is { LastActive: not null } or { LastLogin: not null };

    private static PrincipalActivity ToActivity(SentryMembership member) =>
        new() { PrincipalKey = member.Id, LastActive = member.User?.LastActive, LastLogin = member.User?.LastLogin };
}
