using Spectre.Console;

namespace Watchbill.Cli.Output;

/// <summary>A table for people, fitted to the terminal's width. The only place that touches Spectre.</summary>
internal static class TableSheet
{
    /// <returns>The headings of columns for which there was no room.</returns>
    public static IReadOnlyList<string> Write<T>(Sheet<T> sheet, Terminal terminal, bool color)
    {
        var columns = sheet.Columns.Where(static column => column.Heading is not null)
            .Select(column => Texts(column, sheet.Rows))
            .Where(static column => column.Cells.Any(static cell => cell.Length > 0))
            .ToList();
        var layout = TableLayout.Fit(columns, terminal.Width);
        var table = Create(columns, layout);
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            table.AddRow(layout.Select(place => new Text(columns[place.Index].Cells[row])));
        }

        WriteTrimmed(table, terminal, color && terminal.OutputIsInteractive);
        return [.. columns.Where((_, index) => layout.All(place => place.Index != index)).Select(static column => column.Heading)];
    }

    private static TableColumnText Texts<T>(Column<T> column, IReadOnlyList<T> rows) =>
        new(column.Heading!, [.. rows.Select(row => PrintableText.Of(column.Of(row).ForPeople()))], column.IsWhole, column.IsOptional);

    private static Table Create(List<TableColumnText> columns, IReadOnlyList<(int Index, int Width)> layout)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var (index, width) in layout)
        {
            table.AddColumn(new TableColumn(new Text(columns[index].Heading)) { Padding = new Padding(0, 0, 2, 0), Width = width });
        }

        return table;
    }

    // The library pads every line to the table's width; in a file or a pipe that is noise.
    private static void WriteTrimmed(Table table, Terminal terminal, bool color)
    {
        using var rendered = new StringWriter();
        SpectreConsole.Create(rendered, Math.Max(terminal.Width, WidthNeeded(table)), color).Write(table);
        foreach (var line in rendered.ToString().TrimEnd().Split('\n'))
        {
            terminal.Output.WriteLine(line.TrimEnd());
        }
    }

    // Narrower than this, the library would cut values off; a terminal breaks the line instead.
    private static int WidthNeeded(Table table) => 1 + table.Columns.Sum(static column => column.Width!.Value + 3);
}
