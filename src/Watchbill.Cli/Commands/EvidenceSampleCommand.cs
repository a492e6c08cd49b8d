using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Packs;
using Watchbill.Packs.Sampling;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill evidence sample</c>: rows of a pack that nobody chose.</summary>
internal static class EvidenceSampleCommand
{
    private static readonly IReadOnlyList<Column<SampledRow>> Columns =
    [
        new("line", "Line", static row => row.Line),
        new("month", "Month", static row => row.Month),
        new("rank", null, static row => row.Rank),
        new("row", "Row", static row => row.Json),
    ];

    public static Command Create(CommandHost host)
    {
        var pack = new Argument<string>("pack") { Description = "The pack, or the folder that it was unpacked to" };
        var list = new Argument<string>("list") { Description = "The list, as the pack names it, for example populations/members" };
        var engagement = new Option<string>("--engagement") { Description = "What you call the engagement; part of the seed", HelpName = "text", Required = true };
        var control = new Option<string>("--control") { Description = "Which control it is for; part of the seed", HelpName = "control", Required = true };
        var frequency = new Option<ControlFrequency>("--frequency") { Description = "How often the control is carried out: 1, 2, 2, 5, 25 or 40 rows are drawn", HelpName = "frequency", DefaultValueFactory = static _ => ControlFrequency.Daily }
            .AcceptingChoices(Enum.GetValues<ControlFrequency>());
        var size = new Option<int?>("--size") { Description = "Draw so many rows instead", HelpName = "n" };
        var by = Names.Text("--by", "A column with instants: every month gets its share of the rows", "column");
        var command = new DocumentedCommand("sample", "Draw rows of a pack so that the selection is nobody's choice: the same engagement, control and pack give the same rows; needs no database")
        {
            Examples = ["./watchbill evidence sample pack.zip populations/members --engagement soc2-2026 --control CC6.1 --by since"],
        };
        command.Add(pack);
        command.Add(list);
        Array.ForEach<Option>([engagement, control, frequency, size, by], command.Add);
        return host.Handle(command, (context, _) =>
        {
            context.RefuseServer("watchbill evidence sample");
            var path = context.Value(pack);
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                return Task.FromResult(context.Refuse(PackRefusals.NoPack(path)));
            }

            var request = new SampleRequest(context.Value(list), context.Value(engagement)!, context.Value(control)!, context.Value(size) ?? DrawSample.SizeOf(context.Value(frequency))) { By = context.Value(by) };
            var sample = DrawSample.Run(path, request);
            return Task.FromResult(sample.Succeeded ? context.Show(SheetOf(sample.Value, request)) : context.Refuse(sample.Refusal!));
        });
    }

    private static Sheet<SampledRow> SheetOf(Sample sample, SampleRequest request) => new(Columns, sample.Drawn)
    {
        Headline = $"{Listing.Count(sample.Drawn.Count, "row")} of {sample.Rows:N0} drawn from {request.List}.",
        Notes = [$"Seed {sample.Seed}: SHA-256 of {request.Engagement}|{request.Control}|{sample.Sha256}."],
        About = [("list", request.List), ("engagement", request.Engagement), ("control", request.Control), ("sha256", sample.Sha256), ("seed", sample.Seed), ("population", sample.Rows)],
        WhenEmpty = "The list has no rows.",
    };
}
