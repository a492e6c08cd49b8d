using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Outbound fetches verify TLS.</summary>
internal sealed class ProjectVerifySsl : ProjectSettingsCheck
{
    public override CheckDefinition Definition { get; } = new("project-verify-ssl", Severity.Medium)
    {
        Title = "Outbound fetches verify TLS",
        Asserts = "verifySSL==true.",
        Rationale = "Source files that are fetched without a verified certificate may be anybody's.",
        Remediation = "Project > General: Verify TLS/SSL = on.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.verifySSL"],
        Scopes = ["project:read"],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings) =>
        Verdict.Expect(project, document.VerifyTls, "verifySSL", "Certificates of the servers that source files are fetched from are not verified.");
}
