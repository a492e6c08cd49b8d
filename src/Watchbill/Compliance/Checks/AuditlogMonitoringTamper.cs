using Watchbill.Compliance.CheckKinds;

namespace Watchbill.Compliance.Checks;

/// <summary>Alert removals and mutes are reviewed.</summary>
internal sealed class AuditlogMonitoringTamper : LogCheck
{
    private static readonly CheckParameter AckDays = CheckParameter.Number("ackDays", "Within how many days each line is to be acknowledged.", 14, 0, 365);

    public override CheckDefinition Definition { get; } = new("auditlog-monitoring-tamper", Severity.Medium)
    {
        Title = "Alert removals and mutes are reviewed",
        Asserts = "Each rule.remove, rule.mute, rule.disable, alertrule.remove, alertrule.mute, workflow.remove, detector.remove, monitor.remove, uptime_monitor.remove row is acknowledged.",
        Rationale = "Whoever wants to do something unseen switches off what would see it.",
        Remediation = "Confirm or restore.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.event"],
        Scopes = ["org:write"],
        Parameters = [Period, AckDays],
    };

    public override IReadOnlyList<string> Events { get; } = ["rule.remove", "rule.mute", "rule.disable", "alertrule.remove", "alertrule.mute", "workflow.remove", "detector.remove", "monitor.remove", "uptime_monitor.remove"];

    protected override CheckParameter Grace => AckDays;
}
