using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>High-priority issues have an assignee.</summary>
internal sealed class IssueHighPriorityAssigned : IssueCheck
{
    private static readonly CheckParameter Hours = CheckParameter.Number("graceHours", "Within how many hours urgent issues are to be somebody's.", 48, 1, 8760);

    public override CheckDefinition Definition { get; } = new("issue-high-priority-assigned", Severity.High)
    {
        Title = "High-priority issues have an assignee",
        Asserts = "Each unresolved high-priority issue older than N hours has assignedTo != null.",
        Rationale = "An urgent issue that is nobody's is done by nobody.",
        Remediation = "Assign the issue, or add ownership rules.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.assignedTo", "issues.priority"],
        Scopes = ["event:read"],
        Parameters = [Hours],
    };

    protected override bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) => IsUrgent(issue.Document) && !(issue.Document.FirstSeen > posture.At.AddHours(-settings.Number(Hours)));

    protected override Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) =>
        issue.Document.AssignedTo is null ? Verdict.Fail(issue.As(ResourceKind.Issue), $"High priority for more than {settings.Number(Hours)} hours, and nobody's.") : Verdict.Pass(issue.As(ResourceKind.Issue));
}
