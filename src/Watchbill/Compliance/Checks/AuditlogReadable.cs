using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Audit trail exists and is readable.</summary>
internal sealed class AuditlogReadable : OrganizationCheck
{
    private static readonly CheckParameter Period = CheckParameter.Number("periodDays", "Within how many days at least one line must have been written.", 90, 1, 400);

    public override CheckDefinition Definition { get; } = new("auditlog-readable", Severity.Critical)
    {
        Title = "Audit trail exists and is readable",
        Asserts = "The audit log can be read and holds at least one line of the period; without the scope nothing is evaluated, never passed.",
        Rationale = "Without the audit log nobody can tell who changed what, and no change can be proven to be in order.",
        Remediation = "Give the collector a token that may read audit logs; check plan.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows"],
        Scopes = ["org:write"],
        Parameters = [Period],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.LogReach is not { } reach ? Verdict.NotEvaluated(posture.Self, "The audit log was never read.")
        : reach.Through < posture.At.AddDays(-settings.Number(Period)) ? Verdict.Fail(posture.Self, $"Its newest line is of {reach.Through:yyyy-MM-dd}: nothing was written in the period.")
        : Verdict.Pass(posture.Self, $"Kept since {reach.Since:yyyy-MM-dd}.");
}
