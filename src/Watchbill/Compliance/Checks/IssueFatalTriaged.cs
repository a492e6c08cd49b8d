using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Fatal issues are triaged fast.</summary>
internal sealed class IssueFatalTriaged : IssueCheck
{
    private static readonly CheckParameter Hours = CheckParameter.Number("graceHours", "Within how many hours fatal errors are to be looked at.", 24, 1, 8760);

    public override CheckDefinition Definition { get; } = new("issue-fatal-triaged", Severity.Medium)
    {
        Title = "Fatal issues are triaged fast",
        Asserts = "No issue with level==\"fatal\", status==\"unresolved\", substatus==\"new\" and firstSeen older than N hours.",
        Rationale = "A fatal error that nobody looked at may be an incident that nobody knows of.",
        Remediation = "Triage the issue.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.level", "issues.substatus", "issues.firstSeen"],
        Scopes = ["event:read"],
        Parameters = [Hours],
    };

    protected override bool IsIncluded(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) => issue.Document is { Level: "fatal", Status: "unresolved" };

    protected override Verdict Judge(Collected<IssueDocument, IssueCounters> issue, Posture posture, CheckSettings settings) =>
        issue.Document.Substatus is not { } standing ? Verdict.Untold(issue.As(ResourceKind.Issue), "substatus")
        : standing is not "new" ? Verdict.Pass(issue.As(ResourceKind.Issue))
        : issue.Document.FirstSeen is not { } seen ? Verdict.Untold(issue.As(ResourceKind.Issue), "firstSeen")
        : seen < posture.At.AddHours(-settings.Number(Hours)) ? Verdict.Fail(issue.As(ResourceKind.Issue), $"Fatal, and untouched for more than {settings.Number(Hours)} hours.")
        : Verdict.Pass(issue.As(ResourceKind.Issue));
}
