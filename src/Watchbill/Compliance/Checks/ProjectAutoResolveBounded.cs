using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Issues are not closed silently.</summary>
internal sealed class ProjectAutoResolveBounded : ProjectSettingsCheck
{
    private static readonly CheckParameter LeastHours = CheckParameter.Number("minHours", "The fewest hours without events after which issues may resolve themselves.", 720, 1, 100_000);

    public override CheckDefinition Definition { get; } = new("project-auto-resolve-bounded", Severity.Low)
    {
        Title = "Issues are not closed silently",
        Asserts = "resolveAge==0 or resolveAge >= minHours.",
        Rationale = "An issue that resolves itself too soon was looked at by nobody.",
        Remediation = "Project > General: Auto Resolve.",
        Reads = [CheckInput.Projects, CheckInput.ProjectSettings],
        Fields = ["project.resolveAge"],
        Scopes = ["project:read"],
        Parameters = [LeastHours],
    };

    protected override Verdict Judge(CheckResource project, ProjectSettingsDocument document, Posture posture, CheckSettings settings) =>
        document.ResolveAge is not { } hours ? Verdict.Untold(project, "resolveAge")
        : hours == 0 || hours >= settings.Number(LeastHours) ? Verdict.Pass(project)
        : Verdict.Fail(project, $"Issues count as resolved after {hours} hours without events; it should be at least {settings.Number(LeastHours)}, or never.");
}
