using Watchbill.Access.Roles;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>An ordinary member of an ordinary team: what cannot be changed of them, cannot be changed of anybody.</summary>
internal static class Ordinary
{
    private const string Id = "0";

    public static Refusal? Refuse(ChangeKind kind, Writer writer)
    {
        var isInvitation = kind is ChangeKind.ResendInvitation or ChangeKind.WithdrawInvitation;
        var change = new IntendedChange(kind)
        {
            Member = Id,
            Team = Id,
            Role = kind is ChangeKind.ChangeTeamRole ? "admin" : RoleCatalogue.MemberRole,
        };
        var state = new TargetState
        {
            Member = Id,
            OrgRole = RoleCatalogue.MemberRole,
            IsInvitation = isInvitation,
            OnTeam = kind is ChangeKind.LeaveTeam or ChangeKind.ChangeTeamRole,
            TeamHasProject = kind is ChangeKind.RemoveProjectTeam,
        };
        return ChangeRules.Refuse(change, new ChangeTarget(state, new SentryMemberDetail { Id = Id }, new SentryTeam { Id = Id }), writer);
    }
}
