using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>No gap between two collections.</summary>
internal sealed class AuditlogContinuity : OrganizationCheck
{
    private static readonly CheckParameter Period = CheckParameter.Number("periodDays", "How many days back nothing may be missing.", 90, 1, 400);

    public override CheckDefinition Definition { get; } = new("auditlog-continuity", Severity.High)
    {
        Title = "No gap between two collections",
        Asserts = "Every read begins at a line that was known and goes to its proven end; no line is kept that is older than what is kept without holes, and that reaches back over the period.",
        Rationale = "A hole in the log is where something may have been.",
        Remediation = "Shorten the schedule; re-collect with a wider window.",
        Reads = [CheckInput.AuditLog],
        Fields = ["audit-logs.rows.id", "audit-logs.rows.dateCreated"],
        Scopes = ["org:write"],
        Parameters = [Period],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        if (posture.LogReach is not { } reach)
        {
            return Verdict.NotEvaluated(posture.Self, "The audit log was never read.");
        }

        var since = posture.At.AddDays(-settings.Number(Period));
        return posture.OldestLogLine < reach.Since.AddSeconds(-2) ? Verdict.Fail(posture.Self, $"Lines since {posture.OldestLogLine:yyyy-MM-dd} are kept, and between them and {reach.Since:yyyy-MM-dd} some may be missing: a read was cut off and not made again.")
            : reach.IsWhole || reach.Since <= since ? Verdict.Pass(posture.Self, $"Nothing is missing since {reach.Since:yyyy-MM-dd}.")
            : Verdict.NotEvaluated(posture.Self, $"It is read back to {reach.Since:yyyy-MM-dd} so far; the period begins on {since:yyyy-MM-dd}.");
    }
}
