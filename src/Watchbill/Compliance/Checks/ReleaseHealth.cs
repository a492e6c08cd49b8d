using System.Globalization;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Released software is stable.</summary>
internal sealed class ReleaseHealth : Check
{
    private static readonly CheckParameter LeastCrashFree = CheckParameter.Share("minCrashFree", "The fewest of 100 sessions that must not crash.", 99.0m, 0, 100);
    private static readonly CheckParameter Period = CheckParameter.Number("periodDays", "How many days back releases count.", 90, 1, 3650);

    public override CheckDefinition Definition { get; } = new("release-health", Severity.Medium)
    {
        Title = "Released software is stable",
        Asserts = "projects[].healthData.crashFreeSessions >= threshold for adopted releases.",
        Rationale = "A release that crashes for many is a failed change.",
        Remediation = "Roll back or fix.",
        Reads = [CheckInput.Releases],
        Fields = ["releases.projects.healthData.crashFreeSessions"],
        Scopes = ["project:read"],
        Parameters = [LeastCrashFree, Period],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var (since, least) = (posture.At.AddDays(-settings.Number(Period)), (double)settings.Share(LeastCrashFree));
        return posture.Releases.Where(release => (release.Document.DateReleased ?? release.Document.DateCreated) >= since)
            .Select(release => (Release: release.As(ResourceKind.Release), Used: (release.Counters?.Health ?? []).Where(static health => health.Adoption > 0).ToList()))
            .Where(static one => one.Used.Count > 0)
            .Select(one => one.Used.Exists(static health => health.CrashFreeSessions is null) ? Verdict.Untold(one.Release, "healthData.crashFreeSessions")
                : one.Used.Min(static health => health.CrashFreeSessions!.Value) is var worst && worst < least
                    ? Verdict.Fail(one.Release, string.Create(CultureInfo.InvariantCulture, $"{worst:F2} of 100 sessions do not crash; at least {least:F2} should."))
                    : Verdict.Pass(one.Release));
    }
}
