using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Regressions and escalations do not linger.</summary>
internal sealed class IssueRegressionsBounded : IssueCheck
{
    private static readonly CheckParameter Days = CheckParameter.Number("days", "For how many days an issue may stay regressed or escalating.", 14, 1, 3650);

    public override CheckDefinition Definition { get; } = new("issue-regressions-bounded", Severity.Medium)
    {
        Title = "Regressions and escalations do not linger",
        Asserts = "No unresolved issue with substatus in {regressed, escalating} was first collected in this state more than N days ago; a change of another field begins the time anew.",
        Rationale = "What came back after it was repaired shows that the repair did not hold.",
        Remediation = "Fix or archive with reason.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.substatus", "issues.lastSeen"],
        Scopes = ["event:read"],
        Parameters = [Days],
    };

    protected override bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) => issue.Document is { Status: "unresolved", Substatus: "regressed" or "escalating" };

    protected override Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) =>
        issue.Since < posture.At.AddDays(-settings.Number(Days))
            ? Verdict.Fail(issue.As(ResourceKind.Issue), $"{(issue.Document.Substatus is "regressed" ? "It came back" : "It grows")}, and stands so since {issue.Since:yyyy-MM-dd} at least.")
            : Verdict.Pass(issue.As(ResourceKind.Issue));
}
