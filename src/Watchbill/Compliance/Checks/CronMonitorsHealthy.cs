using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Scheduled jobs are monitored and pass.</summary>
internal sealed class CronMonitorsHealthy : Check
{
    private static readonly CheckParameter MaxHours = CheckParameter.Number("maxIncidentHours", "For how many hours a job may fail.", 24, 1, 8760);

    public override CheckDefinition Definition { get; } = new("cron-monitors-healthy", Severity.Medium)
    {
        Title = "Scheduled jobs are monitored and pass",
        Asserts = "Each monitor: status==\"active\", isMuted==false, no environment with an activeIncident older than N hours.",
        Rationale = "A scheduled job that does not run, or whose monitor is mute, fails in silence.",
        Remediation = "Fix the job or unmute the monitor.",
        Reads = [CheckInput.Monitors],
        Fields = ["monitors.status", "monitors.isMuted", "monitors.environments.activeIncident", "monitors.environments.lastCheckIn"],
        Scopes = ["org:read", "alerts:read"],
        Parameters = [MaxHours],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Monitors.Select(monitor => Judge(monitor.As(ResourceKind.Monitor), monitor.Document, posture.At, settings.Number(MaxHours)));

    private static Verdict Judge(CheckResource resource, MonitorDocument monitor, DateTimeOffset at, int hours) =>
        monitor.Status is null || monitor.IsMuted is null ? Verdict.Untold(resource, "status and isMuted")
        : monitor.Status is not "active" ? Verdict.Fail(resource, $"Its status is {monitor.Status}.")
        : monitor.IsMuted is true ? Verdict.Fail(resource, "It is muted.")
        : monitor.Environments?.FirstOrDefault(place => place.IncidentSince < at.AddHours(-hours)) is { } place ? Verdict.Fail(resource, $"In {place.Name} the job fails since {place.IncidentSince:yyyy-MM-dd HH:mm} UTC.")
        : Verdict.Pass(resource);
}
