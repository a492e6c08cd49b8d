using Watchbill.Cli.Output;
using Watchbill.Connectors.Preflight;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>Shows the probes of a connection: for people one below the other, because sentences do not fit into columns.</summary>
internal static class PreflightPage
{
    private const int Indent = 9;
    private const int WidestText = 110;

    private static readonly IReadOnlyList<Column<Probe>> Columns =
    [
        new("id", null, static probe => probe.Id),
        new("title", "Probe", static probe => probe.Title),
        new("outcome", "Outcome", static probe => Word.Of(probe.Outcome)),
        new("evidence", "Evidence", static probe => probe.Evidence),
        new("remedy", "Remedy", static probe => probe.Remedy),
    ];

    public static void Print(PreflightReport report, CommandContext context)
    {
        if (context.Choice.Format is OutputFormat.Table)
        {
            Write(report, context.Terminal);
        }
        else
        {
            context.Printer.Print(SheetOf(report));
        }
    }

    private static Sheet<Probe> SheetOf(PreflightReport report) => new(Columns, report.Probes)
    {
        About =
        [
            ("canConnect", report.CanConnect),
            ("organizationId", report.OrganizationId),
            ("organizationName", report.OrganizationName),
            ("blindSpots", report.BlindSpots.ToArray()),
        ],
    };

    private static void Write(PreflightReport report, Terminal terminal)
    {
        foreach (var probe in report.Probes)
        {
            terminal.Output.WriteLine($"  {Mark(probe.Outcome),-5}  {PrintableText.Of(probe.Title)}");
            WriteText(terminal, probe.Evidence);
            if (probe.Remedy is { } remedy)
            {
                WriteText(terminal, $"-> {remedy}");
            }
        }

        foreach (var blindSpot in report.BlindSpots)
        {
            WriteText(terminal, $"Not visible: {blindSpot}");
        }
    }

    private static void WriteText(Terminal terminal, string text)
    {
        foreach (var line in Wrapping.Wrap(PrintableText.Of(text), Math.Clamp(terminal.Width - Indent, 40, WidestText)))
        {
            terminal.Output.WriteLine(new string(' ', Indent) + line);
        }
    }

    private static string Mark(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Passed => "ok",
        ProbeOutcome.Warning => "note",
        ProbeOutcome.Failed => "FAIL",
        ProbeOutcome.NotRun => "-",
    };
}
