using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Every active project alerts somebody.</summary>
internal sealed class AlertCoverage : Check
{
    private static readonly CheckParameter Exempt = CheckParameter.Texts("exempt", "The slugs of projects that need no alert.");

    public override CheckDefinition Definition { get; } = new("alert-coverage", Severity.High)
    {
        Title = "Every active project alerts somebody",
        Asserts = "Each active project has >=1 enabled detector connected (workflowIds) to an enabled workflow having >=1 action.",
        Rationale = "A project that alerts nobody collects errors for nobody.",
        Remediation = "Alerts: create an alert with an action for the project.",
        Reads = [CheckInput.Projects, CheckInput.Detectors, CheckInput.Workflows],
        Fields = ["workflows.enabled", "workflows.actionFilters.actions", "workflows.detectorIds", "detectors.workflowIds", "detectors.projectId"],
        Scopes = ["org:read", "alerts:read"],
        Parameters = [Exempt],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var working = posture.Workflows.Where(static workflow => workflow.Document is { Enabled: true, Actions.Count: > 0 }).Select(static workflow => workflow.Key).ToHashSet(StringComparer.Ordinal);
        var covered = posture.Detectors.Where(detector => detector.Document is { Enabled: true, WorkflowIds: { } workflows } && workflows.Any(working.Contains))
            .Select(static detector => detector.Document.ProjectId).ToHashSet(StringComparer.Ordinal);
        return posture.Projects.Select(project => settings.Texts(Exempt).Contains(project.Slug) ? Verdict.NotApplicable(project.Resource, "Exempt by parameter.")
            : covered.Contains(project.Id) ? Verdict.Pass(project.Resource)
            : Verdict.Fail(project.Resource, "Nothing that looks for trouble in it leads to an enabled alert with an action."));
    }
}
