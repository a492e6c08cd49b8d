using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Debug symbols and source maps need a privileged role.</summary>
internal sealed class OrgDebugFilesRoleRestricted : OrganizationCheck
{
    private static readonly CheckParameter Allowed = CheckParameter.Texts("allowed", "The least roles that may download debug files.", "admin", "manager", "owner");

    public override CheckDefinition Definition { get; } = new("org-debug-files-role-restricted", Severity.Low)
    {
        Title = "Debug symbols and source maps need a privileged role",
        Asserts = "debugFilesRole is in the allowed set.",
        Rationale = "Debug files tell how the product is built.",
        Remediation = "Settings > Security & Privacy: Debug Files Access role.",
        Reads = [CheckInput.Organization],
        Fields = ["organization.debugFilesRole"],
        Scopes = ["org:read"],
        Parameters = [Allowed],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.Settings.DebugFilesRole is not { } role ? Verdict.Untold(posture.Self, "debugFilesRole")
        : settings.Texts(Allowed).Contains(role) ? Verdict.Pass(posture.Self)
        : Verdict.Fail(posture.Self, $"The role {role} and all above it may download debug files.");
}
