using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Notifications carry no source code or PII.</summary>
internal sealed class OrgEnhancedPrivacyOn : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("org-enhanced-privacy-on", Severity.Medium)
    {
        Title = "Notifications carry no source code or PII",
        Asserts = "enhancedPrivacy==true.",
        Rationale = "Notifications leave Sentry; with this setting they carry no source code and no personal data.",
        Remediation = "Settings > Security & Privacy: Enhanced Privacy = on.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.enhancedPrivacy"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        Verdict.Expect(posture.Self, posture.Settings.EnhancedPrivacy, "enhancedPrivacy", "Mails show source code and personal data.");
}
