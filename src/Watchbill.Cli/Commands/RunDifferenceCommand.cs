using System.CommandLine;
using Watchbill.Access;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill runs difference</c>: what a waiting run would end and begin.</summary>
internal sealed class RunDifferenceCommand
{
    private static readonly IReadOnlyList<Column<HeldFact>> Columns =
    [
        new("change", "Change", static fact => fact.Change is FactChange.Closing ? "ends" : "begins"),
        new("kind", "Kind", static fact => Word.Of(fact.Kind)),
        new("key", "Key", static fact => fact.Key),
        new("name", "Name", static fact => fact.Name),
    ];

    private readonly Argument<long> _run = RunsCommand.Argument();
    private readonly Option<int> _limit = Numbers.Whole("--limit", "Show at most so many facts of each kind", 20, (1, 100_000));

    public static Command Create(CommandHost host)
    {
        var self = new RunDifferenceCommand();
        return host.Handle(new DocumentedCommand("difference", "What a waiting run would end and begin") { self._run, self._limit }, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var id = new SyncRunId(context.Value(_run));
        var difference = await context.Watchbill.DifferenceAsync(id, cancellationToken);
        var facts = difference.Succeeded ? await context.Watchbill.DifferenceFactsAsync(id, context.Value(_limit), cancellationToken) : difference.Refusal!;
        if (facts.Refusal is { } refusal)
        {
            return context.Refuse(refusal);
        }

        var lines = difference.Value.Lines;
        return context.Show(new Sheet<HeldFact>(Columns, facts.Value)
        {
            Headline = $"Run {id} would end {lines.Sum(static line => line.Closing):N0} of {lines.Sum(static line => line.Open):N0} facts, "
                + $"change {lines.Sum(static line => line.Changing):N0} and begin {lines.Sum(static line => line.Opening):N0}.",
            Notes = [.. lines.Where(static line => line.Closing + line.Changing + line.Opening > 0).Select(Sentence)],
        });
    }

    private static string Sentence(DifferenceLine line) =>
        $"{Word.Of(line.Kind)}: {line.Closing:N0} of {line.Open:N0} would end, {line.Changing:N0} change, {line.Opening:N0} begin.";
}
