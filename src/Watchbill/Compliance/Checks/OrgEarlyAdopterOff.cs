using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Production organization does not run pre-release features.</summary>
internal sealed class OrgEarlyAdopterOff : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-early-adopter-off", Severity.Low)
    {
        Title = "Production organization does not run pre-release features",
        Asserts = "isEarlyAdopter==false.",
        Rationale = "Features that are not released were not assessed, and change access and data without notice.",
        Remediation = "Settings > General: Early Adopter = off.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.isEarlyAdopter"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Settings.IsEarlyAdopter is { } on ? !on : null, "isEarlyAdopter", "The organization gets features before they are released.");
}
