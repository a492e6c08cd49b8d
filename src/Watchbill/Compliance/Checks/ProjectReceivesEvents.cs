using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Monitoring is actually live.</summary>
internal sealed class ProjectReceivesEvents : ProjectCheck
{
    private static readonly CheckParameter LeastAge = CheckParameter.Number("days", "Projects that are younger are left out.", 14, 0, 3650);
    private static readonly CheckParameter Exempt = CheckParameter.Texts("exempt", "The slugs of projects that may be silent.");

    public override CheckDefinition Definition { get; } = new("project-receives-events", Severity.High)
    {
        Title = "Monitoring is actually live",
        Asserts = "sum(quantity) with outcome=accepted in the collected period of 30 days > 0 for each project older than N days.",
        Rationale = "A project that receives nothing watches nothing: its program is gone, or its key is broken.",
        Remediation = "Check SDK/DSN/filters, or archive the project.",
        Reads = [CheckInput.Projects, CheckInput.Usage],
        Fields = ["stats_v2.groups.totals", "projects.dateCreated"],
        Scopes = ["org:read"],
        Parameters = [LeastAge, Exempt],
    };

    protected override Verdict Judge(ProjectPosture project, Posture posture, CheckSettings settings)
    {
        if (settings.Texts(Exempt).Contains(project.Slug))
        {
            return Verdict.NotApplicable(project.Resource, "Exempt by parameter.");
        }

        var days = settings.Number(LeastAge);
        return project.DateCreated > posture.At.AddDays(-days) ? Verdict.NotApplicable(project.Resource, $"Created less than {days} days ago.")
            : project.Usage is not { } usage ? Verdict.NotEvaluated(project.Resource, "The usage of this project was not collected.")
            : usage.Categories.Any(static category => category.Outcomes.GetValueOrDefault("accepted") > 0) ? Verdict.Pass(project.Resource)
            : Verdict.Fail(project.Resource, $"Nothing was accepted since {usage.From:yyyy-MM-dd}.");
    }
}
