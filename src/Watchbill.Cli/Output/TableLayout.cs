namespace Watchbill.Cli.Output;

/// <summary>One column of a table to be laid out: its heading and its cells, as they would be shown.</summary>
internal sealed record TableColumnText(string Heading, IReadOnlyList<string> Cells, bool IsWhole, bool IsOptional)
{
    /// <summary>The width at which nothing is broken into lines.</summary>
    public int Natural { get; } = Math.Max(Heading.Length, Cells.Max(static cell => cell.Length));

    /// <summary>The width below which words, or whole values, would be broken.</summary>
    public int Least { get; } = IsWhole
        ? Math.Max(Heading.Length, Cells.Max(static cell => cell.Length))
        : Math.Max(Heading.Split(' ').Max(static word => word.Length), Cells.Max(LongestWord));

    private static int LongestWord(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var character in text)
        {
            current = character == ' ' ? 0 : current + 1;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}

/// <summary>
/// Fits columns into a terminal: wide ones are narrowed down to their longest word, then optional ones are left out, the last one first.
/// What is left may still be too wide; then it is the terminal that breaks the lines, and no value is cut off.
/// </summary>
internal static class TableLayout
{
    private const int Gap = 3;
    private const int Margin = 1;

    /// <summary>The columns that stay, with their widths.</summary>
    public static IReadOnlyList<(int Index, int Width)> Fit(IReadOnlyList<TableColumnText> columns, int available)
    {
        var kept = Enumerable.Range(0, columns.Count).ToList();
        while (Total(kept, index => columns[index].Least) > available && kept.FindLastIndex(index => columns[index].IsOptional) is >= 0 and var last)
        {
            kept.RemoveAt(last);
        }

        var widths = kept.ToDictionary(static index => index, index => columns[index].Natural);
        while (Total(kept, index => widths[index]) > available && Widest(kept, widths, columns) is { } widest)
        {
            widths[widest]--;
        }

        return [.. kept.Select(index => (index, widths[index]))];
    }

    private static int Total(List<int> kept, Func<int, int> width) => Margin + kept.Sum(index => width(index) + Gap);

    private static int? Widest(List<int> kept, Dictionary<int, int> widths, IReadOnlyList<TableColumnText> columns) => kept
        .Where(index => widths[index] > columns[index].Least)
        .Select(static index => (int?)index)
        .MaxBy(index => widths[index!.Value]);
}
