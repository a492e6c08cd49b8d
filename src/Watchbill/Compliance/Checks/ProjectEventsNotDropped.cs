using System.Globalization;
using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Events are not lost.</summary>
internal sealed class ProjectEventsNotDropped : ProjectCheck
{
    private static readonly CheckParameter MaxRatio = CheckParameter.Share("maxDropRatio", "The greatest share of what was sent that may be dropped.", 0.05m);

    public override CheckDefinition Definition { get; } = new("project-events-not-dropped", Severity.Medium)
    {
        Title = "Events are not lost",
        Asserts = "(rate_limited + invalid + abuse + client_discard + cardinality_limited) / total <= threshold for each project in the collected period of 30 days.",
        Rationale = "What is dropped is missing when somebody looks for what happened.",
        Remediation = "Raise quota, tune SDK sampling or key limits.",
        Reads = [CheckInput.Projects, CheckInput.Usage],
        Fields = ["stats_v2.groups.by", "stats_v2.groups.totals"],
        Scopes = ["org:read"],
        Parameters = [MaxRatio],
    };

    private static readonly string[] Lost = ["rate_limited", "invalid", "abuse", "client_discard", "cardinality_limited"];

    protected override Verdict Judge(ProjectPosture project, Posture posture, CheckSettings settings)
    {
        if (project.Usage is not { } usage)
        {
            return Verdict.NotEvaluated(project.Resource, "The usage of this project was not collected.");
        }

        var all = usage.Categories.Sum(static category => category.Outcomes.Values.Sum());
        var dropped = usage.Categories.Sum(static category => Lost.Sum(outcome => category.Outcomes.GetValueOrDefault(outcome)));
        return all == 0 ? Verdict.NotApplicable(project.Resource, "Nothing was sent.")
            : dropped > settings.Share(MaxRatio) * all ? Verdict.Fail(project.Resource, string.Create(CultureInfo.InvariantCulture, $"{(decimal)dropped / all:P1} of {all:N0} were dropped; at most {settings.Share(MaxRatio):P1} may be."))
            : Verdict.Pass(project.Resource);
    }
}
