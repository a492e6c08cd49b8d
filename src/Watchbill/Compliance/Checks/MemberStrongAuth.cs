using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Every member uses MFA or SSO.</summary>
internal sealed class MemberStrongAuth : MemberCheck
{
    public override CheckDefinition Definition { get; } = new("member-strong-auth", Severity.High)
    {
        Title = "Every member uses MFA or SSO",
        Asserts = "For each member with user!=null, pending==false: user.has2fa or flags[\"sso:linked\"].",
        Rationale = "Every account reads errors with what they carry; a password alone is guessed, reused and phished.",
        Remediation = "Require 2FA or SSO for the organization; chase the listed members.",
        Reads = [CheckInput.Members],
        Fields = ["members.user.has2fa", "members.pending", "members.flags.sso:linked"],
        Scopes = ["member:read"],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        member.Fact.SsoLinked ? Verdict.Pass(member.Resource, "Signs in through single sign-on.")
        : Verdict.Expect(member.Resource, member.Fact.HasTwoFactor, "user.has2fa", "Neither a second factor nor single sign-on protects it.");
}
