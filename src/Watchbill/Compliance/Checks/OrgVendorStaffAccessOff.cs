using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Vendor staff cannot open the organization.</summary>
internal sealed class OrgVendorStaffAccessOff : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-vendor-staff-access-off", Severity.Medium)
    {
        Title = "Vendor staff cannot open the organization",
        Asserts = "allowSuperuserAccess==false.",
        Rationale = "Whoever runs the service enters only when somebody lets them in, and that is logged.",
        Remediation = "Settings > Security & Privacy: Allow access to Sentry employees = off (open it per support case).",
        Reads = [CheckInput.Organization],
        Fields = ["organization.allowSuperuserAccess"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Organization?.AllowSuperuserAccess is { } on ? !on : null, "allowSuperuserAccess", "Sentry's staff may enter without being asked in.");
}
