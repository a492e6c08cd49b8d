using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Every project has an owning team.</summary>
internal sealed class ProjectHasOwnerTeam : ProjectCheck
{
    public override CheckDefinition Definition { get; } = new("project-has-owner-team", Severity.Medium)
    {
        Title = "Every project has an owning team",
        Asserts = "teams is not empty.",
        Rationale = "Of a project without a team nobody looks after errors or access.",
        Remediation = "Assign a team to the project.",
        Reads = [CheckInput.Projects],
        Fields = ["projects.teams"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(ProjectPosture project, Posture posture, CheckSettings settings) =>
        project.Teams > 0 ? Verdict.Pass(project.Resource) : Verdict.Fail(project.Resource, "No team owns the project.");
}
