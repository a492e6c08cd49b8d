using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Releases are traceable to commits.</summary>
internal sealed class ReleaseHasCommits : Check
{
    private static readonly CheckParameter Environment = CheckParameter.Pattern("environment", "What the names of environments that count look like.", "^production$");
    private static readonly CheckParameter Period = CheckParameter.Number("periodDays", "How many days back deploys count.", 90, 1, 90);

    public override CheckDefinition Definition { get; } = new("release-has-commits", Severity.Medium)
    {
        Title = "Releases are traceable to commits",
        Asserts = "Each release with a deploy to the environment in the period has commitCount > 0.",
        Rationale = "A release in production of which nobody knows what changed cannot be traced to a change that somebody approved.",
        Remediation = "Upload commits in CI (sentry-cli releases set-commits --auto).",
        Reads = [CheckInput.Releases, CheckInput.Deploys],
        Fields = ["releases.commitCount", "releases.lastDeploy.environment", "releases.dateReleased"],
        Scopes = ["project:read"],
        Parameters = [Environment, Period],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var since = posture.At.AddDays(-settings.Number(Period));
        var deployed = posture.Deploys.Where(deploy => settings.Pattern(Environment).IsMatch(deploy.Document.Environment ?? "") && deploy.Document.DateFinished >= since)
            .Select(static deploy => deploy.Parent).ToHashSet(StringComparer.Ordinal);
        return posture.Releases.Where(release => deployed.Contains(release.Key)).Select(static release => release.As(ResourceKind.Release) is var resource && release.Document.CommitCount is not { } commits
            ? Verdict.Untold(resource, "commitCount")
            : commits > 0 ? Verdict.Pass(resource) : Verdict.Fail(resource, "It was deployed, and no commit is known of it."));
    }
}
