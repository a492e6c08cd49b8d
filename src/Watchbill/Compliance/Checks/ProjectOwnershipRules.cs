using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Issues route to an owner.</summary>
internal sealed class ProjectOwnershipRules : ProjectSettingsCheck
{
    private static readonly CheckParameter RequireAssign = CheckParameter.Flag("requireAutoAssign", "Whether errors must be assigned by themselves.", false);

    public override CheckDefinition Definition { get; } = new("project-ownership-rules", Severity.Medium)
    {
        Title = "Issues route to an owner",
        Asserts = "raw not empty and isActive==true (autoAssignment reported).",
        Rationale = "An error that belongs to somebody is looked at sooner.",
        Remediation = "Project > Ownership Rules.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["ownership.raw", "ownership.isActive", "ownership.autoAssignment"],
        Scopes = ["project:read"],
        Parameters = [RequireAssign],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings) =>
        document.Ownership is not { } ownership ? Verdict.Untold(project, "ownership")
        : !ownership.HasRules ? Verdict.Fail(project, "No rule says whose errors are whose.")
        : ownership.IsActive is not { } active ? Verdict.Untold(project, "ownership.isActive")
        : !active ? Verdict.Fail(project, "The rules of ownership are switched off.")
        : settings.Flag(RequireAssign) && ownership.AutoAssignment is null or "Turn off Auto-Assignment" ? Verdict.Fail(project, "Errors are not assigned by themselves.")
        : Verdict.Pass(project, ownership.AutoAssignment);
}
