using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchbill.Cli.Output;

/// <summary>One JSON document: what the answer is about, how fresh it is, then the rows.</summary>
internal static class JsonSheet
{
    // Control characters are always escaped; names in other scripts stay readable.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(Sheet<T> sheet, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            WriteDocument(sheet, json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteDocument<T>(Sheet<T> sheet, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (key, value) in sheet.About)
        {
            Write(json, key, value);
        }

        WriteSentences(sheet, json);
        WriteStanding(sheet.Standing, json);
        WriteRows(sheet, json);
        json.WriteEndObject();
    }

    private static void WriteSentences<T>(Sheet<T> sheet, Utf8JsonWriter json)
    {
        if (sheet.Headline is { } headline)
        {
            json.WriteString("headline", headline);
        }

        if (sheet.Notes.Count > 0)
        {
            Write(json, "notes", sheet.Notes.ToArray());
        }
    }

    private static void WriteStanding(Standing? standing, Utf8JsonWriter json)
    {
        if (standing is not null)
        {
            Write(json, "asOf", standing.AsOf);
            json.WriteBoolean("complete", standing.IsComplete);
            Write(json, "stale", standing.Stale.ToArray());
            Write(json, "blindSpots", standing.BlindSpots.ToArray());
        }
    }

    private static void WriteRows<T>(Sheet<T> sheet, Utf8JsonWriter json)
    {
        json.WriteStartArray("rows");
        foreach (var row in sheet.Rows)
        {
            json.WriteStartObject();
            foreach (var column in sheet.Columns)
            {
                Write(json, column.Key, column.Of(row));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string key, Cell value)
    {
        json.WritePropertyName(key);
        value.WriteTo(json);
    }
}
