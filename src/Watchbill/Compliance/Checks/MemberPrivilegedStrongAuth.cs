using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Owners and managers use MFA or SSO.</summary>
internal sealed class MemberPrivilegedStrongAuth : MemberCheck
{
    private static readonly CheckParameter Privileged = CheckParameter.Texts("privilegedRoles", "The roles that count as privileged.", "owner", "manager", "admin");

    public override CheckDefinition Definition { get; } = new("member-privileged-strong-auth", Severity.Critical)
    {
        Title = "Owners and managers use MFA or SSO",
        Asserts = "For each active member with orgRole in {owner, manager, admin}: user.has2fa or flags[\"sso:linked\"].",
        Rationale = "A privileged account with only a password is the shortest way in.",
        Remediation = "Have the member enrol 2FA or link SSO; remove if not done.",
        Reads = [CheckInput.Members],
        Fields = ["members.orgRole", "members.user.has2fa", "members.flags.sso:linked"],
        Scopes = ["member:read"],
        Parameters = [Privileged],
    };

    protected override bool IsIncluded(MemberPosture member, CheckSettings settings) => member.IsActive && settings.Texts(Privileged).Contains(member.Fact.OrgRole);

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        member.Fact.SsoLinked ? Verdict.Pass(member.Resource, "Signs in through single sign-on.")
        : Verdict.Expect(member.Resource, member.Fact.HasTwoFactor, "user.has2fa", $"The role is {member.Fact.OrgRole}, and neither a second factor nor single sign-on protects it.");
}
