using Watchbill.Evidence;

namespace Watchbill.Packs.Populations;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    Text,
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>ISO 8601, UTC.</summary>
    Instant,

    /// <summary>A JSON text.</summary>
    Json,
}

/// <summary>A column of a population.</summary>
/// <param name="Name">Its name in the files.</param>
/// <param name="Sql">What is read; the same as the name where it is not said.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Meaning">What it means, for the data dictionary.</param>
internal sealed record PopulationColumn(string Name, string Sql, ColumnKind Kind, string Meaning)
{
    public static PopulationColumn Text(string name, string meaning, string? sql = null) => new(name, sql ?? name, ColumnKind.Text, meaning);

    public static PopulationColumn Number(string name, string meaning, string? sql = null) => new(name, sql ?? name, ColumnKind.Number, meaning);

    public static PopulationColumn Flag(string name, string meaning, string? sql = null) => new(name, sql ?? name, ColumnKind.Flag, meaning);

    public static PopulationColumn Instant(string name, string meaning, string? sql = null) => new(name, sql ?? name, ColumnKind.Instant, meaning);

    public static PopulationColumn Json(string name, string meaning, string? sql = null) => new(name, sql ?? name, ColumnKind.Json, meaning);
}

/// <summary>A list that goes into a pack as CSV and as JSON Lines, row by row.</summary>
/// <param name="Name">The files' name without its end, with the folder below <c>data</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Source">What follows FROM, with the order; <c>@connector</c>, <c>@at</c>, <c>@from</c>, <c>@to</c> and <c>@kind</c> are known.</param>
/// <param name="Columns">Its columns, in their order.</param>
internal sealed record Population(string Name, string Title, string Source, IReadOnlyList<PopulationColumn> Columns)
{
    /// <summary>The listing of Sentry that it rests on, where it is part of the ledger.</summary>
    public string? Scope { get; init; }

    /// <summary>The kind of evidence, where it was collected.</summary>
    public EvidenceDefinition? Kind { get; init; }

    public string Sql => $"SELECT {string.Join(", ", Columns.Select(static column => column.Sql))} FROM {Source}";
}
