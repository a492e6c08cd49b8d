using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>High-priority issues are resolved within SLA.</summary>
internal sealed class IssueHighPrioritySla : IssueCheck
{
    private static readonly CheckParameter Days = CheckParameter.Number("slaDays", "Within how many days urgent issues are to be resolved.", 30, 1, 3650);

    public override CheckDefinition Definition { get; } = new("issue-high-priority-sla", Severity.High)
    {
        Title = "High-priority issues are resolved within SLA",
        Asserts = "No issue of is:unresolved issue.priority:high has firstSeen older than N days.",
        Rationale = "What is urgent and stays open for long was not urgent, or nobody did it.",
        Remediation = "Fix, resolve or archive with a reason; or record an exception.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.priority", "issues.firstSeen", "issues.status"],
        Scopes = ["event:read"],
        Parameters = [Days],
    };

    protected override bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) => IsUrgent(issue.Document);

    protected override Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) =>
        issue.Document.FirstSeen is not { } seen ? Verdict.Untold(issue.As(ResourceKind.Issue), "firstSeen")
        : seen < posture.At.AddDays(-settings.Number(Days)) ? Verdict.Fail(issue.As(ResourceKind.Issue), $"High priority, unresolved since {seen:yyyy-MM-dd}; it should take at most {settings.Number(Days)} days.")
        : Verdict.Pass(issue.As(ResourceKind.Issue));
}
