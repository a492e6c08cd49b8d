using System.Globalization;
using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Released commits came from merged pull requests.</summary>
internal sealed class ReleaseCommitsViaPr : OrganizationCheck
{
    private static readonly CheckParameter LeastShare = CheckParameter.Share("minShare", "The least share of commits that must come by a merged pull request.", 0.95m);

    public override CheckDefinition Definition { get; } = new("release-commits-via-pr", Severity.Medium)
    {
        Title = "Released commits came from merged pull requests",
        Asserts = "Share of release commits with pullRequest.status==\"merged\" >= threshold.",
        Rationale = "A commit without a merged pull request was reviewed by nobody.",
        Remediation = "Enforce branch protection; investigate direct pushes.",
        Reads = [CheckInput.Commits],
        Fields = ["commits.pullRequest.status", "commits.pullRequest.mergedAt"],
        Scopes = ["project:read"],
        Parameters = [LeastShare],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        var (merged, all) = posture.Commits;
        return all == 0 ? Verdict.NotApplicable(posture.Self, "No release of the last 90 days holds commits.")
            : (decimal)merged / all >= settings.Share(LeastShare) ? Verdict.Pass(posture.Self, string.Create(CultureInfo.InvariantCulture, $"{merged:N0} of {all:N0} commits."))
            : Verdict.Fail(posture.Self, string.Create(CultureInfo.InvariantCulture, $"{merged:N0} of {all:N0} commits came by a merged pull request, {(decimal)merged / all:P1}; at least {settings.Share(LeastShare):P1} should."));
    }
}
