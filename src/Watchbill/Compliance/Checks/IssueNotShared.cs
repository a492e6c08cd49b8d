using System.Globalization;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No issue is shared publicly.</summary>
internal sealed class IssueNotShared : Check
{
    private static readonly CheckParameter Window = CheckParameter.Number("windowDays", "Issues without events for longer are left out; those for more than 90 days are not collected.", 90, 1, 90);

    public override CheckDefinition Definition { get; } = new("issue-not-shared", Severity.High)
    {
        Title = "No issue is shared publicly",
        Asserts = "No issue in the window has isPublic==true or a shareId.",
        Rationale = "A shared issue is readable without signing in, with whatever the error carried.",
        Remediation = "Unshare; disable shared issues in the organization.",
        Reads = [CheckInput.Issues],
        Fields = ["issues.isPublic", "issues.shareId"],
        Scopes = ["event:read"],
        Parameters = [Window],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        List<Verdict> open = [.. posture.Issues
            .Where(issue => issue.Document.IsPublic is not false && !(issue.Counters?.LastSeen < posture.At.AddDays(-settings.Number(Window))))
            .Select(static issue => issue.Document.IsPublic is true
                ? Verdict.Fail(issue.As(ResourceKind.Issue), "Anybody with the link reads it without signing in.")
                : Verdict.Untold(issue.As(ResourceKind.Issue), "isPublic"))];

        // Hundreds of thousands of issues are not shared: they are one verdict.
        return open.Count > 0 || posture.IssueCount == 0 ? open : [Verdict.Pass(posture.Self, string.Create(CultureInfo.InvariantCulture, $"None of {posture.IssueCount:N0} issues is shared."))];
    }
}
