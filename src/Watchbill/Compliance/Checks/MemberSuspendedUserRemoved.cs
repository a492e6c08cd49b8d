using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Suspended users hold no seat.</summary>
internal sealed class MemberSuspendedUserRemoved : MemberCheck
{
    public override CheckDefinition Definition { get; } = new("member-suspended-user-removed", Severity.High)
    {
        Title = "Suspended users hold no seat",
        Asserts = "No member has user.isSuspended==true (inactive users are already left out of the list by Sentry).",
        Rationale = "A suspended person keeps role and teams, and has them again when the suspension ends.",
        Remediation = "Remove the member.",
        Reads = [CheckInput.Members],
        Fields = ["members.user.isSuspended", "members.user.isActive"],
        Scopes = ["member:read"],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        Verdict.Expect(member.Resource, member.Fact.UserIsSuspended is { } suspended ? !suspended : null, "user.isSuspended", "The account is suspended and still a member.");
}
