namespace Watchbill.Cli.Output;

/// <summary>Writes answers in the chosen format: data to the output, how fresh it is to the error stream (in JSON also into the document).</summary>
internal sealed class SheetPrinter(Terminal terminal, OutputChoice choice)
{
    public void Print<T>(Sheet<T> sheet)
    {
        switch (choice.Format)
        {
            case OutputFormat.Json:
                JsonSheet.Write(sheet, terminal.Output);
                break;
            case OutputFormat.Csv:
                CsvSheet.Write(sheet, terminal.Output, choice.SafeCsv);
                break;
            default:
                PrintForPeople(sheet);
                break;
        }

        // Both streams may end on the same screen; what was said first must stand first.
        terminal.Output.Flush();
        foreach (var line in sheet.Standing?.Lines() ?? [])
        {
            terminal.Error.WriteLine(PrintableText.Of(line));
        }
    }

    private void PrintForPeople<T>(Sheet<T> sheet)
    {
        if (sheet.Headline is { } headline)
        {
            WriteWrapped(headline);
        }

        if (sheet.Rows.Count > 0)
        {
            var leftOut = TableSheet.Write(sheet, terminal, choice.Color);
            SayLeftOut(leftOut);
        }
        else if (sheet.Headline is null)
        {
            terminal.Output.WriteLine(sheet.WhenEmpty);
        }

        foreach (var note in sheet.Notes)
        {
            WriteWrapped(note);
        }
    }

    private void SayLeftOut(IReadOnlyList<string> headings)
    {
        if (headings.Count > 0)
        {
            terminal.Output.Flush();
            terminal.Error.WriteLine($"No room for: {Listing.And(headings)}. A wider terminal or --output json shows all.");
        }
    }

    private void WriteWrapped(string text)
    {
        foreach (var line in Wrapping.Wrap(PrintableText.Of(text), terminal.Width))
        {
            terminal.Output.WriteLine(line);
        }
    }
}

/// <summary>What the global options say about output.</summary>
/// <param name="Format">The format.</param>
/// <param name="SafeCsv">CSV that a spreadsheet cannot take for formulas.</param>
/// <param name="Color">Colours and text attributes may be used.</param>
internal sealed record OutputChoice(OutputFormat Format, bool SafeCsv, bool Color);
