using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Every listed population was read to its end.</summary>
internal sealed class CollectorPopulationComplete : Check
{
    private static readonly CheckParameter MaxDrift = CheckParameter.Number("maxDrift", "By how many rows a read may differ from what Sentry counts.", 0, 0, 100_000);

    public override CheckDefinition Definition { get; } = new("collector-population-complete", Severity.High)
    {
        Title = "Every listed population was read to its end",
        Asserts = "Each list call ended on a Link: rel=\"next\"; results=\"false\", row count stored, no 4xx/5xx page, second count equal (or drift recorded).",
        Rationale = "What was not read to its end looks like less than there is.",
        Remediation = "Re-run; check rate limits and scopes.",
        Reads = [],
        Fields = ["Link (header of every list)", "X-Hits (header of lists that count)"],
        Scopes = [],
        Parameters = [MaxDrift],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Readings.Select(reading => Judge(reading, settings.Number(MaxDrift)));

    private static Verdict Judge(ReadingPosture reading, int drift)
    {
        var resource = new CheckResource(ResourceKind.Reading, reading.Name, reading.Title);
        return reading.IsUnavailable ? Verdict.NotEvaluated(resource, reading.Problem ?? "The token may not read it, or this server does not have it.")
            : reading.Problem is { } problem ? Verdict.Fail(resource, problem)
            : reading.CompleteAt is null ? Verdict.NotEvaluated(resource, "It was never read to its end.")
            : reading is { Rows: { } rows, Reported: { } reported } && Math.Abs(rows - reported) > drift ? Verdict.Fail(resource, $"{rows} rows were read, and Sentry counts {reported}.")
            : Verdict.Pass(resource, reading.Rows is { } read ? $"{read} rows." : null);
    }
}
