using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No broken SSO identity.</summary>
internal sealed class MemberSsoLinkValid : MemberCheck
{
    public override CheckDefinition Definition { get; } = new("member-sso-link-valid", Severity.Medium)
    {
        Title = "No broken SSO identity",
        Asserts = "No member has flags[\"sso:invalid\"]==true; and with SSO required none lacks flags[\"sso:linked\"].",
        Rationale = "An identity that is not linked, or not any more, is not governed by the directory.",
        Remediation = "Relink or remove the member.",
        Reads = [CheckInput.Members, CheckInput.AuthProvider],
        Fields = ["members.flags.sso:invalid", "members.flags.sso:linked"],
        Scopes = ["member:read"],
    };

    protected override Verdict Judge(MemberPosture member, Posture posture, CheckSettings settings) =>
        posture.AuthProvider is not { } provider ? Verdict.NotApplicable(member.Resource, "There is no single sign-on provider.")
        : member.Fact.SsoInvalid ? Verdict.Fail(member.Resource, "The linked identity is not valid any more.")
        : provider.RequireLink is true && !member.Fact.SsoLinked ? Verdict.Fail(member.Resource, "Single sign-on is required, and no identity is linked.")
        : Verdict.Pass(member.Resource);
}
