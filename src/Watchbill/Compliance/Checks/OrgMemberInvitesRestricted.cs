using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Only managers and owners invite people.</summary>
internal sealed class OrgMemberInvitesRestricted : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-member-invites-restricted", Severity.Medium)
    {
        Title = "Only managers and owners invite people",
        Asserts = "allowMemberInvite==false.",
        Rationale = "Who comes in is decided by those who answer for it, not by everybody who is in.",
        Remediation = "Settings > Membership: let members invite = off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.allowMemberInvite"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.AllowMemberInvite is { } on ? !on : null, "allowMemberInvite", "Every member may invite people.");
}
