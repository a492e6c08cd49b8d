using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Alert rules are protected from members.</summary>
internal sealed class OrgMembersCannotEditAlerts : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-members-cannot-edit-alerts", Severity.Medium)
    {
        Title = "Alert rules are protected from members",
        Asserts = "alertsMemberWrite==false.",
        Rationale = "An alert that anybody can switch off watches only as long as nobody minds.",
        Remediation = "Settings > Membership: let members create and edit alerts = off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.alertsMemberWrite"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.AlertsMemberWrite is { } on ? !on : null, "alertsMemberWrite", "Every member may create, change and remove alerts.");
}
