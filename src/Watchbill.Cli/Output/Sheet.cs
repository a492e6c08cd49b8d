namespace Watchbill.Cli.Output;

/// <summary>A column of an sheet.</summary>
/// <param name="Key">Its name in JSON (camelCase) and CSV; part of the contract with scripts.</param>
/// <param name="Heading">Its name in a table; null when tables leave it out (ids, details).</param>
/// <param name="Of">Its value.</param>
internal sealed record Column<T>(string Key, string? Heading, Func<T, Cell> Of)
{
    /// <summary>Tables never break its values into lines: addresses and slugs that people copy.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Tables leave it out where the terminal is too narrow.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>What a command answers: rows with a headline, and how fresh they are. Written as table, JSON or CSV by <see cref="SheetPrinter"/>.</summary>
internal sealed record Sheet<T>(IReadOnlyList<Column<T>> Columns, IReadOnlyList<T> Rows)
{
    /// <summary>One sentence that answers the question; null when the rows speak for themselves.</summary>
    public string? Headline { get; init; }

    /// <summary>More sentences for people, below the rows.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Said instead of an empty table.</summary>
    public string WhenEmpty { get; init; } = "Nothing.";

    /// <summary>What the answer is about and its counts: members of the JSON document beside the rows.</summary>
    public IReadOnlyList<(string Key, Cell Value)> About { get; init; } = [];

    /// <summary>How far the answer can be trusted; null when it does not rest on what a sync read.</summary>
    public Standing? Standing { get; init; }
}
