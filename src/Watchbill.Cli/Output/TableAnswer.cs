using Spectre.Console;

namespace Watchbill.Cli.Output;

/// <summary>A table for people, fitted to the terminal's width. The only place besides the progress display that touches Spectre.</summary>
internal static class TableAnswer
{
    public static void Write<T>(Answer<T> answer, Terminal terminal, bool color)
    {
        var columns = answer.Columns.Where(column => column.Heading is not null && HasValues(column, answer.Rows)).ToList();
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Heading!)) { Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in answer.Rows)
        {
            table.AddRow(columns.Select(column => new Text(PrintableText.Of(column.Of(row).ForPeople()))));
        }

        SpectreConsole.Create(terminal.Output, terminal.Width, color && terminal.OutputIsInteractive).Write(table);
    }

    // A column that says nothing for any row costs width that the others need.
    private static bool HasValues<T>(Column<T> column, IReadOnlyList<T> rows) => rows.Any(row => column.Of(row).ForPeople().Length > 0);
}
