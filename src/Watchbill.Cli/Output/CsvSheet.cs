using CsvHelper;

namespace Watchbill.Cli.Output;

/// <summary>Comma-separated values (RFC 4180): one header line, then the rows. Freshness is not part of it; it goes to the error stream.</summary>
internal static class CsvSheet
{
    public static void Write<T>(Sheet<T> sheet, TextWriter output, bool safe)
    {
        // A spreadsheet runs values that begin with =, +, - or @ as formulas. Exact by default, because programs read this too.
        var options = new CsvWriterOptions { NewLine = "\r\n", Injection = safe ? CsvInjection.Escape : CsvInjection.None };
        using var csv = CsvWriter.Create(output, options, leaveOpen: true);
        WriteLine(csv, sheet.Columns.Select(static column => column.Key));
        foreach (var row in sheet.Rows)
        {
            WriteLine(csv, sheet.Columns.Select(column => column.Of(row).Exact()));
        }
    }

    private static void WriteLine(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }
}
