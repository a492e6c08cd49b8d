namespace Watchbill.Cli.Output;

/// <summary>Writes answers in the chosen format: data to the output, how fresh it is to the error stream (in JSON also into the document).</summary>
internal sealed class AnswerPrinter(Terminal terminal, OutputChoice choice)
{
    public void Print<T>(Answer<T> answer)
    {
        switch (choice.Format)
        {
            case OutputFormat.Json:
                JsonAnswer.Write(answer, terminal.Output);
                break;
            case OutputFormat.Csv:
                CsvAnswer.Write(answer, terminal.Output, choice.SafeCsv);
                break;
            default:
                PrintForPeople(answer);
                break;
        }

        foreach (var line in answer.Standing?.Lines() ?? [])
        {
            terminal.Error.WriteLine(PrintableText.Of(line));
        }
    }

    private void PrintForPeople<T>(Answer<T> answer)
    {
        if (answer.Headline is { } headline)
        {
            terminal.Output.WriteLine(PrintableText.Of(headline));
        }

        if (answer.Rows.Count > 0)
        {
            TableAnswer.Write(answer, terminal, choice.Color);
        }
        else if (answer.Headline is null)
        {
            terminal.Output.WriteLine(answer.WhenEmpty);
        }

        foreach (var note in answer.Notes)
        {
            terminal.Output.WriteLine(PrintableText.Of(note));
        }
    }
}

/// <summary>What the global options say about output.</summary>
/// <param name="Format">The format.</param>
/// <param name="SafeCsv">CSV that a spreadsheet cannot take for formulas.</param>
/// <param name="Color">Colours and text attributes may be used.</param>
internal sealed record OutputChoice(OutputFormat Format, bool SafeCsv, bool Color);
