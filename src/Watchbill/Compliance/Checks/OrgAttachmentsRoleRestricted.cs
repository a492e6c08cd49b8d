using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Attachments need a privileged role.</summary>
internal sealed class OrgAttachmentsRoleRestricted : OrganizationCheck
{
    private static readonly CheckParameter Allowed = CheckParameter.Texts("allowed", "The least roles that may download attachments.", "admin", "manager", "owner");

    public override CheckDefinition Definition { get; } = new("org-attachments-role-restricted", Severity.Medium)
    {
        Title = "Attachments need a privileged role",
        Asserts = "attachmentsRole is in the allowed set.",
        Rationale = "Attachments hold whatever a crash left behind: memory, screens, files.",
        Remediation = "Settings > Security & Privacy: Attachments Access role.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.attachmentsRole"],
        Scopes = ["org:read"],
        Parameters = [Allowed],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.Settings.AttachmentsRole is not { } role ? Verdict.Untold(posture.Self, "attachmentsRole")
        : settings.Texts(Allowed).Contains(role) ? Verdict.Pass(posture.Self)
        : Verdict.Fail(posture.Self, $"The role {role} and all above it may download attachments.");
}
