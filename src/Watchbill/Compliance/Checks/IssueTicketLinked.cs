using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>High-priority issues have a ticket.</summary>
internal sealed class IssueTicketLinked : IssueCheck
{
    public override CheckDefinition Definition { get; } = new("issue-ticket-linked", Severity.Low)
    {
        Title = "High-priority issues have a ticket",
        Asserts = "Each high-priority issue has an entry in integrationIssues, sentryAppIssues or annotations.",
        Rationale = "A ticket puts what is urgent where work is planned and proven.",
        Remediation = "Link the issue to the tracker.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.integrationIssues", "issues.sentryAppIssues", "issues.annotations"],
        Scopes = ["event:read"],
    };

    protected override bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) => IsUrgent(issue.Document);

    protected override Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) =>
        Verdict.Expect(issue.As(ResourceKind.Issue), issue.Document.HasTicket, "integrationIssues", "High priority, and no ticket is linked to it.");
}
