using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>How checks are shown.</summary>
internal static class CheckSheets
{
    private static readonly Dictionary<string, CheckDefinition> Definitions = CheckQueries.Definitions.ToDictionary(static check => check.Id, StringComparer.Ordinal);

    private static readonly IReadOnlyList<Column<CheckRow>> RunColumns =
    [
        new("check", "Check", static one => one.Check),
        new("severity", "Severity", static one => Definitions.GetValueOrDefault(one.Check) is { } known ? Word.Of(known.Severity) : null),
        new("outcome", "Outcome", static one => one.Outcome),
        new("failed", "Fail", static one => one.Failed),
        new("passed", "Pass", static one => one.Passed),
        new("notEvaluated", "Not evaluated", static one => one.NotEvaluated) { IsOptional = true },
        new("notApplicable", null, static one => one.NotApplicable),
        new("excepted", null, static one => one.Excepted),
        new("reason", "Why", static one => one.Reason) { IsOptional = true },
    ];

    private static readonly IReadOnlyList<Column<CheckResultLine>> ResultColumns =
    [
        new("kind", "Kind", static one => one.Kind) { IsOptional = true },
        new("key", null, static one => one.Key),
        new("name", "What", static one => one.Name),
        new("outcome", "Outcome", static one => one.Outcome),
        new("since", "Since", static one => one.Since),
        new("reason", "Why", static one => one.Reason),
    ];

    /// <summary>A run; for people only what needs a look, when wanted.</summary>
    public static Sheet<CheckRow> Run(CheckLines run, bool onlyTrouble)
    {
        var (pass, fail, blind) = (Word.Of(CheckOutcome.Pass), Word.Of(CheckOutcome.Fail), Word.Of(CheckOutcome.NotEvaluated));
        var rows = onlyTrouble ? [.. run.Rows.Where(row => row.Outcome == fail || row.Outcome == blind).OrderBy(row => row.Outcome == fail ? 0 : 1).ThenByDescending(SeverityOf)] : run.Rows;
        return new(RunColumns, rows)
        {
            Headline = $"{run.Rows.Count(row => row.Outcome == fail)} of {run.Rows.Count} checks fail, {run.Rows.Count(row => row.Outcome == pass)} pass, {run.Rows.Count(row => row.Outcome == blind)} could not be evaluated; run {run.Run} of {((Cell)run.At).ForPeople()} UTC.",
            About = [("run", run.Run), ("at", run.At), ("digest", run.Digest)],
            WhenEmpty = "Nothing fails, and everything could be evaluated.",
        };
    }

    public static Sheet<CheckResultLine> Results(CheckDefinition check, IReadOnlyList<CheckResultLine> results) => new(ResultColumns, results)
    {
        Headline = $"{check.Title}. {check.Asserts}",
        About = [("check", check.Id), ("version", check.Version), ("severity", Word.Of(check.Severity))],
        Notes = [$"To do: {check.Remediation}"],
        WhenEmpty = "It says nothing of any resource.",
    };

    private static Severity SeverityOf(CheckRow row) => Definitions.GetValueOrDefault(row.Check)?.Severity ?? Severity.Low;
}
