using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Evidence timestamps are trustworthy.</summary>
internal sealed class CollectorClockSkew : OrganizationCheck
{
    private static readonly CheckParameter MaxSeconds = CheckParameter.Number("maxSkewSeconds", "How many seconds the clocks may be apart.", 120, 1, 86_400);

    public override CheckDefinition Definition { get; } = new("collector-clock-skew", Severity.Medium)
    {
        Title = "Evidence timestamps are trustworthy",
        Asserts = "|HTTP Date of Sentry - local UTC| <= N seconds on each run.",
        Rationale = "Times in evidence are worth as much as the clocks that told them.",
        Remediation = "Fix NTP on the host.",
        Reads = [],
        Fields = ["Date (header of every answer)"],
        Scopes = [],
        Parameters = [MaxSeconds],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings) =>
        posture.ClockSkew is not { } skew ? Verdict.NotEvaluated(posture.Self, "No run has compared the clocks yet.")
        : skew.TotalSeconds > settings.Number(MaxSeconds) ? Verdict.Fail(posture.Self, $"The clocks are {skew.TotalSeconds:F0} seconds apart.")
        : Verdict.Pass(posture.Self);
}
