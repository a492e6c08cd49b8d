using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>No project is public.</summary>
internal sealed class ProjectNotPublic : ProjectSettingsCheck
{
    public override CheckDefinition Definition { get; } = new("project-not-public", Severity.High)
    {
        Title = "No project is public",
        Asserts = "isPublic==false.",
        Rationale = "A public project shows its errors to everybody, with what they carry.",
        Remediation = "Project settings: make private.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.isPublic"],
        Scopes = ["project:read"],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings) =>
        Verdict.Expect(project, document.IsPublic is { } open ? !open : null, "isPublic", "Anybody may read the project without signing in.");
}
