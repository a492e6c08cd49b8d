using Watchbill.Access.Roles;

namespace Watchbill.Access.Effective;

/// <summary>What stands between a member and the access they would have.</summary>
internal sealed class MemberObstacles(AccessGraph graph)
{
    private readonly bool _ssoRequired = graph.AuthProvider?.RequireLink ?? graph.Organization?.RequireSso ?? false;

    private readonly bool _twoFactorRequired = graph.Organization?.RequireTwoFactor is true;

    private readonly OrgRole _top = graph.Roles.Top;

    private readonly HashSet<string> _linkedOwners = [.. graph.Members
        .Where(member => member.OrgRole == graph.Roles.Top.Id && member is { SsoLinked: true, Pending: false })
        .Select(static member => member.Id)];

    /// <summary>What stops the member; for almost everybody the shared empty list, because ten thousand are asked at once.</summary>
    public IReadOnlyList<Obstacle> Of(MemberNode member) =>
        IsInOrder(member) ? [] : [.. Kinds(member).Select(static kind => new Obstacle(kind))];

    private bool IsInOrder(MemberNode member) =>
        member is { Pending: false, MemberLimitRestricted: false, UserIsSuspended: not true, UserIsActive: not false }
        && !_ssoRequired
        && !_twoFactorRequired;

    private IEnumerable<ObstacleKind> Kinds(MemberNode member)
    {
        if (member.Pending)
        {
            yield return member.Expired ? ObstacleKind.InvitationExpired : ObstacleKind.InvitationPending;
            yield break;
        }

        if (member.UserIsActive is false)
        {
            yield return ObstacleKind.UserInactive;
        }

        if (member.UserIsSuspended is true)
        {
            yield return ObstacleKind.UserSuspended;
        }

        if (member.MemberLimitRestricted)
        {
            yield return ObstacleKind.MemberLimit;
        }

        if (SsoObstacle(member) is { } sso)
        {
            yield return sso;
        }

        if (_twoFactorRequired && member.HasTwoFactor is false)
        {
            yield return ObstacleKind.TwoFactorMissing;
        }
    }

    private ObstacleKind? SsoObstacle(MemberNode member) =>
        !_ssoRequired || MayBypassSso(member) ? null
        : !member.SsoLinked ? ObstacleKind.SsoLinkMissing
        : member.SsoInvalid ? ObstacleKind.SsoLinkInvalid
        : null;

    /// <summary>An owner may enter without single sign-on while no other owner is linked: somebody must be able to repair the provider.</summary>
    private bool MayBypassSso(MemberNode member) =>
        member.OrgRole == _top.Id && _linkedOwners.Count == (_linkedOwners.Contains(member.Id) ? 1 : 0);
}
