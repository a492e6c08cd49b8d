using CsvHelper;

namespace Watchbill.Compliance;

/// <summary>Lines of a file that people wrote: comma, semicolon or tab between, headings in the first line.</summary>
internal static class CsvLines
{
    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrackLineNumbers = true, TrimWhitespace = true, MalformedData = CsvMalformedDataHandling.Throw, MaxRecordSize = 64 * 1024 };

    /// <summary>Reads all of them.</summary>
    /// <param name="text">The file.</param>
    /// <param name="shape">Which headings it has.</param>
    /// <param name="wrong">Told of every line that is not as it should be, with its number.</param>
    /// <returns>The lines that could be read; none when the headings are wrong.</returns>
    public static IReadOnlyList<CsvLine> Read(string text, CsvShape shape, Action<int, string> wrong)
    {
        List<CsvLine> lines = [];
        try
        {
            using var reader = CsvReader.Create(new StringReader(text.TrimStart('\uFEFF')), Options);
            var headings = reader.Read() ? CellsOf(reader).Select(static heading => heading.ToLowerInvariant()).ToArray() : [];
            if (shape.Required.Except(headings).Any() || headings.Except(shape.Required).Except(shape.Optional).Any() || headings.Distinct().Count() != headings.Length)
            {
                wrong(1, $"The first line names the columns: {string.Join(", ", shape.Required)}{(shape.Optional.Count == 0 ? "" : $", and any of {string.Join(", ", shape.Optional)}")}, each once.");
                return lines;
            }

            while (reader.Read() && lines.Count <= shape.MostLines)
            {
                var cells = CellsOf(reader);
                if (cells.Length == headings.Length)
                {
                    lines.Add(new CsvLine((int)reader.LineNumber, name => Array.IndexOf(headings, name) is >= 0 and var place ? cells[place] : ""));
                }
                else
                {
                    wrong((int)reader.LineNumber, $"The line has {cells.Length} columns where the first has {headings.Length}.");
                }
            }
        }
        catch (CsvFormatException broken)
        {
            wrong((int)broken.LineNumber, "The line cannot be read; look for a quotation mark that is not closed.");
        }

        return lines;
    }

    private static string[] CellsOf(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.GetString(index) ?? "")];
}

/// <summary>Which columns a file has, and how many lines are read of it: one more than it may have.</summary>
/// <param name="Required">The headings that it must have, in lower case.</param>
/// <param name="Optional">The headings that it may have.</param>
/// <param name="MostLines">The most lines below the first.</param>
internal sealed record CsvShape(IReadOnlyList<string> Required, IReadOnlyList<string> Optional, int MostLines);

/// <summary>One line below the headings.</summary>
/// <param name="Number">Where it is in the file, from 1.</param>
/// <param name="Cell">What it says under a heading; empty where the file does not have that column.</param>
internal sealed record CsvLine(int Number, Func<string, string> Cell);
