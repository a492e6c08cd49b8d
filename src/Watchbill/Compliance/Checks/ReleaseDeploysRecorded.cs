using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Deployments are recorded.</summary>
internal sealed class ReleaseDeploysRecorded : Check
{
    private static readonly CheckParameter Period = CheckParameter.Number("periodDays", "How many days back releases count.", 90, 1, 3650);

    public override CheckDefinition Definition { get; } = new("release-deploys-recorded", Severity.Low)
    {
        Title = "Deployments are recorded",
        Asserts = "Each release in the period with dateReleased has deployCount > 0.",
        Rationale = "Without a recorded deploy nobody can say when a change went live.",
        Remediation = "Add a deploy step to CI.",
        Reads = [CheckInput.Releases],
        Fields = ["releases.deployCount", "releases.dateReleased"],
        Scopes = ["project:read"],
        Parameters = [Period],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var since = posture.At.AddDays(-settings.Number(Period));
        return posture.Releases.Where(release => release.Document.DateReleased >= since).Select(static release => release.As(ResourceKind.Release) is var resource && release.Document.DeployCount is not { } deploys
            ? Verdict.Untold(resource, "deployCount")
            : deploys > 0 ? Verdict.Pass(resource) : Verdict.Fail(resource, "It was released, and no deploy is recorded."));
    }
}
