using Spectre.Console;

namespace Watchbill.Cli.Output;

/// <summary>A table for people, fitted to the terminal's width. The only place besides the progress display that touches Spectre.</summary>
internal static class TableSheet
{
    public static void Write<T>(Sheet<T> sheet, Terminal terminal, bool color)
    {
        var columns = sheet.Columns.Where(column => column.Heading is not null && HasValues(column, sheet.Rows)).ToList();
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Heading!)) { Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in sheet.Rows)
        {
            table.AddRow(columns.Select(column => new Text(PrintableText.Of(column.Of(row).ForPeople()))));
        }

        WriteTrimmed(table, terminal, color && terminal.OutputIsInteractive);
    }

    // The library pads every line to the table's width; in a file or a pipe that is noise.
    private static void WriteTrimmed(Table table, Terminal terminal, bool color)
    {
        using var rendered = new StringWriter();
        SpectreConsole.Create(rendered, terminal.Width, color).Write(table);
        foreach (var line in rendered.ToString().TrimEnd().Split('\n'))
        {
            terminal.Output.WriteLine(line.TrimEnd());
        }
    }

    // A column that says nothing for any row costs width that the others need.
    private static bool HasValues<T>(Column<T> column, IReadOnlyList<T> rows) => rows.Any(row => column.Of(row).ForPeople().Length > 0);
}
