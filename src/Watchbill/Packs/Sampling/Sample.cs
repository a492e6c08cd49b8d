namespace Watchbill.Packs.Sampling;

/// <summary>Which rows somebody wants to look at one by one.</summary>
/// <param name="List">The list, as the pack names it, for example <c>populations/members</c>.</param>
/// <param name="Engagement">What the auditor calls the engagement; part of the seed.</param>
/// <param name="Control">Which control it is for; part of the seed.</param>
/// <param name="Size">So many rows.</param>
public sealed record SampleRequest(string List, string Engagement, string Control, int Size)
{
    /// <summary>The most rows.</summary>
    public const int MostRows = 10_000;

    /// <summary>The longest engagement or control.</summary>
    public const int LongestText = 200;

    /// <summary>A column with instants: every month gets its share of the rows. Null for none.</summary>
    public string? By { get; init; }
}

/// <summary>Rows that nobody chose.</summary>
/// <param name="Sha256">SHA-256 of the list, in hex.</param>
/// <param name="Seed">SHA-256 of <c>engagement|control|sha256</c>, in hex.</param>
/// <param name="Rows">So many rows the list has.</param>
/// <param name="Drawn">The rows that were drawn, in the order of the list; all of them where there are no more than were asked for.</param>
public sealed record Sample(string Sha256, string Seed, long Rows, IReadOnlyList<SampledRow> Drawn);

/// <summary>A row that was drawn.</summary>
/// <param name="Line">Its line in the JSON Lines file, from 1.</param>
/// <param name="Rank">SHA-256 of the seed, a line feed and the line, in hex: the rows with the smallest are drawn.</param>
/// <param name="Month">The month that it was drawn for; null where all rows are one group.</param>
/// <param name="Json">The line.</param>
public sealed record SampledRow(int Line, string Rank, string? Month, string Json);

/// <summary>How often a control is carried out: auditors draw so many rows for each.</summary>
public enum ControlFrequency
{
    /// <summary>Once a year: 1 row.</summary>
    Annual,

    /// <summary>Once a quarter: 2 rows.</summary>
    Quarterly,

    /// <summary>Once a month: 2 rows.</summary>
    Monthly,

    /// <summary>Once a week: 5 rows.</summary>
    Weekly,

    /// <summary>Once a day: 25 rows.</summary>
    Daily,

    /// <summary>Many times a day: 40 rows.</summary>
    ManyADay,
}
