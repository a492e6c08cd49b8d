using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Member e-mail addresses are verified.</summary>
internal sealed class MemberEmailVerified : MemberCheck
{
    public override CheckDefinition Definition { get; } = new("member-email-verified", Severity.Medium)
    {
        Title = "Member e-mail addresses are verified",
        Asserts = "For each active member the user.emails[] entry equal to email has is_verified==true.",
        Rationale = "An address that nobody proved may be somebody else's, and gets the mails that reset a password.",
        Remediation = "Have the member verify the address.",
        Reads = [CheckInput.Members],
        Fields = ["members.user.emails.is_verified"],
        Scopes = ["member:read"],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        Verdict.Expect(member.Resource, member.Fact.EmailVerified, "user.emails[].is_verified", "The address was never proven to be theirs.");
}
