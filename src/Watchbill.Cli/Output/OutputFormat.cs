namespace Watchbill.Cli.Output;

/// <summary>How data is written.</summary>
internal enum OutputFormat
{
    /// <summary>For people: aligned columns, control characters shown as escapes.</summary>
    Table,

    /// <summary>For programs: one JSON document with freshness and rows.</summary>
    Json,

    /// <summary>For spreadsheets and programs: RFC 4180, one header line, exact values.</summary>
    Csv,
}
