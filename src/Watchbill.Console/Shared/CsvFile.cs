using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Watchbill.Console.Shared;

/// <summary>A column of a file: its name for programs, and its value.</summary>
internal sealed record CsvColumn<T>(string Name, Func<T, object?> Value);

/// <summary>
/// A table as a CSV file. The exact variant is the record; the variant for spreadsheets puts an apostrophe before what a spreadsheet would run as a
/// formula. The number of rows stands in the file's name and in a header, so that a file that was cut off is seen.
/// </summary>
internal static class CsvFile
{
    public static async Task WriteAsync<T>(HttpContext context, string name, IReadOnlyList<CsvColumn<T>> columns, IReadOnlyList<T> rows)
    {
        var response = context.Response;
        var safe = context.Request.Query["safe"] == "1";
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers["X-Row-Count"] = rows.Count.ToString(CultureInfo.InvariantCulture);
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{name}-{rows.Count}-rows{(safe ? "-spreadsheet" : "")}.csv" }.ToString();
        var options = new CsvWriterOptions { NewLine = "\r\n", Injection = safe ? CsvInjection.Escape : CsvInjection.None };

        // Written to memory first: the library writes synchronously, which the server refuses on the connection itself.
        using var buffer = new MemoryStream();
        using (var text = new StreamWriter(buffer, leaveOpen: true))
        using (var csv = CsvWriter.Create(text, options, leaveOpen: true))
        {
            Line(csv, columns.Select(static column => (string?)column.Name));
            foreach (var row in rows)
            {
                Line(csv, columns.Select(column => Text(column.Value(row))));
            }
        }

        response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static void Line(CsvWriter csv, IEnumerable<string?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    /// <summary>Dates in UTC as ISO 8601; nothing for what is not known.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
