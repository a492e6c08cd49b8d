using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>IP addresses are not stored in each project.</summary>
internal sealed class ProjectIpScrubbingEffective : ProjectSettingsCheck
{
    public override CheckDefinition Definition { get; } = new("project-ip-scrubbing-effective", Severity.Medium)
    {
        Title = "IP addresses are not stored in each project",
        Asserts = "Org or project scrubIPAddresses.",
        Rationale = "Network addresses are personal data that error records seldom need.",
        Remediation = "Project > Security & Privacy.",
        Reads = [CheckInput.Organization, CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.scrubIPAddresses"],
        Scopes = ["project:read"],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings) =>
        Verdict.Expect(
            project,
            document.ScrubIpAddresses is true || posture.Settings.ScrubIpAddresses is true ? true : document.ScrubIpAddresses is null || posture.Settings.ScrubIpAddresses is null ? null : false,
            "scrubIPAddresses",
            "Network addresses are stored.");
}
