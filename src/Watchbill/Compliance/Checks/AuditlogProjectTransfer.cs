using Watchbill.Compliance.CheckKinds;

namespace Watchbill.Compliance.Checks;

/// <summary>Project transfers are approved.</summary>
internal sealed class AuditlogProjectTransfer : LogCheck
{
    private static readonly CheckParameter AckDays = CheckParameter.Number("ackDays", "Within how many days each line is to be acknowledged.", 7, 0, 365);

    public override CheckDefinition Definition { get; } = new("auditlog-project-transfer", Severity.High)
    {
        Title = "Project transfers are approved",
        Asserts = "No unacknowledged project.request-transfer / project.accept-transfer row.",
        Rationale = "A project that goes to another organization takes all its data with it.",
        Remediation = "Confirm the receiving organization; request return.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.event"],
        Scopes = ["org:write"],
        Parameters = [Period, AckDays],
    };

    public override IReadOnlyList<string> Events { get; } = ["project.request-transfer", "project.accept-transfer"];

    protected override CheckParameter Grace => AckDays;
}
