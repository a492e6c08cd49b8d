using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Public services have uptime monitoring.</summary>
internal sealed class UptimeMonitored : Check
{
    private static readonly CheckParameter Watched = CheckParameter.Texts("projects", "The slugs of projects that must be watched from outside; empty: not evaluated.");

    public override CheckDefinition Definition { get; } = new("uptime-monitored", Severity.Medium)
    {
        Title = "Public services have uptime monitoring",
        Asserts = "Each project on the parameter list has an enabled detector with type==\"uptime_domain_failure\".",
        Rationale = "Whether a service can be reached at all is not told by its errors.",
        Remediation = "Monitors: add an uptime monitor.",
        Reads = [CheckInput.Projects, CheckInput.Detectors],
        Fields = ["detectors.type", "detectors.projectId", "detectors.enabled"],
        Scopes = ["org:read", "alerts:read"],
        Parameters = [Watched],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        if (settings.Texts(Watched) is not { Count: > 0 } watched)
        {
            return [Verdict.Unset(posture.Self, Watched)];
        }

        var monitored = posture.Detectors.Where(static one => one.Document is { Enabled: true, Type: "uptime_domain_failure" }).Select(static one => one.Document.ProjectId).ToHashSet(StringComparer.Ordinal);
        var missing = watched.Except(posture.Projects.Select(static project => project.Slug), StringComparer.OrdinalIgnoreCase)
            .Select(slug => Verdict.Fail(new CheckResource(ResourceKind.Project, slug, slug), "There is no project of this name."));
        return posture.Projects.Where(project => watched.Contains(project.Slug))
            .Select(project => monitored.Contains(project.Id) ? Verdict.Pass(project.Resource) : Verdict.Fail(project.Resource, "No enabled uptime monitor watches it."))
            .Concat(missing);
    }
}
