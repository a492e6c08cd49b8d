using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Permanently archived high-priority issues carry a comment.</summary>
internal sealed class IssueArchivedForeverJustified : IssueCheck
{
    public override CheckDefinition Definition { get; } = new("issue-archived-forever-justified", Severity.Low)
    {
        Title = "Permanently archived high-priority issues carry a comment",
        Asserts = "substatus==\"archived_forever\" and priority==\"high\" => numComments > 0.",
        Rationale = "Archiving an urgent issue for good is accepting a risk; that needs a reason.",
        Remediation = "Comment why, or archive until escalating.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.substatus", "issues.numComments", "issues.priority"],
        Scopes = ["event:read"],
    };

    protected override bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) => issue.Document is { Substatus: "archived_forever", Priority: "high" };

    protected override Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) =>
        issue.Counters?.NumComments is not { } comments ? Verdict.Untold(issue.As(ResourceKind.Issue), "numComments")
        : comments > 0 ? Verdict.Pass(issue.As(ResourceKind.Issue))
        : Verdict.Fail(issue.As(ResourceKind.Issue), "High priority, archived for good, and nobody wrote why.");
}
