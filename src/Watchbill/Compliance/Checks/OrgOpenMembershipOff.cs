using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Members cannot join any team by themselves.</summary>
internal sealed class OrgOpenMembershipOff : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-open-membership-off", Severity.Medium)
    {
        Title = "Members cannot join any team by themselves",
        Asserts = "openMembership==false.",
        Rationale = "Access that people give themselves was approved by nobody.",
        Remediation = "Settings > Membership: turn Open Team Membership off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.openMembership"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.OpenMembership is { } on ? !on : null, "openMembership", "Every member may join any team, and with it reach its projects.");
}
