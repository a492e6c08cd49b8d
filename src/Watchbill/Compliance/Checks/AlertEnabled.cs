using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Alerts and monitors are not left disabled.</summary>
internal sealed class AlertEnabled : Check
{
    private static readonly CheckParameter Grace = CheckParameter.Number("graceDays", "For how many days an alert may be switched off.", 14, 0, 3650);

    public override CheckDefinition Definition { get; } = new("alert-enabled", Severity.Medium)
    {
        Title = "Alerts and monitors are not left disabled",
        Asserts = "No workflow/detector with enabled==false and dateUpdated older than N days.",
        Rationale = "An alert that was switched off for a moment and forgotten is none.",
        Remediation = "Re-enable or delete.",
        Reads = [CheckInput.Detectors, CheckInput.Workflows],
        Fields = ["workflows.enabled", "workflows.dateUpdated", "detectors.enabled", "detectors.dateUpdated"],
        Scopes = ["org:read", "alerts:read"],
        Parameters = [Grace],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var detectors = posture.Detectors.Select(static one => (Resource: one.As(ResourceKind.Detector), one.Document.Enabled, one.Document.DateUpdated));
        var workflows = posture.Workflows.Select(static one => (Resource: one.As(ResourceKind.Workflow), one.Document.Enabled, one.Document.DateUpdated));
        var days = settings.Number(Grace);
        return detectors.Concat(workflows).Select(one => one.Enabled is not { } enabled ? Verdict.Untold(one.Resource, "enabled")
            : enabled ? Verdict.Pass(one.Resource)
            : one.DateUpdated is not { } changed ? Verdict.Untold(one.Resource, "dateUpdated")
            : changed < posture.At.AddDays(-days) ? Verdict.Fail(one.Resource, $"Switched off, and not touched for more than {days} days.")
            : Verdict.Pass(one.Resource, "Switched off lately."));
    }
}
