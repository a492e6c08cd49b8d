using Watchbill.Compliance.CheckKinds;

namespace Watchbill.Compliance.Checks;

/// <summary>Deletions are reviewed.</summary>
internal sealed class AuditlogDestructiveActions : LogCheck
{
    private static readonly CheckParameter AckDays = CheckParameter.Number("ackDays", "Within how many days each line is to be acknowledged.", 14, 0, 365);

    public override CheckDefinition Definition { get; } = new("auditlog-destructive-actions", Severity.High)
    {
        Title = "Deletions are reviewed",
        Asserts = "Each project.remove*, issue.delete, tagkey.remove, replay-deletion-jobs.start, team.remove, org.remove row is acknowledged.",
        Rationale = "What was deleted cannot be asked for again; who wanted that, and why, can.",
        Remediation = "Confirm the deletion request (e.g. erasure request id).",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.event"],
        Scopes = ["org:write"],
        Parameters = [Period, AckDays],
    };

    public override IReadOnlyList<string> Events { get; } = ["project.remove*", "issue.delete", "tagkey.remove", "replay-deletion-jobs.start", "team.remove", "org.remove"];

    protected override CheckParameter Grace => AckDays;
}
