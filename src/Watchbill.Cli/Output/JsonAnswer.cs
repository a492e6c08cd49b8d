using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchbill.Cli.Output;

/// <summary>One JSON document: what the answer is about, how fresh it is, then the rows.</summary>
internal static class JsonAnswer
{
    // Control characters are always escaped; names in other scripts stay readable.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(Answer<T> answer, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            WriteDocument(answer, json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteDocument<T>(Answer<T> answer, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (key, value) in answer.About)
        {
            Write(json, key, value);
        }

        WriteSentences(answer, json);
        WriteStanding(answer.Standing, json);
        WriteRows(answer, json);
        json.WriteEndObject();
    }

    private static void WriteSentences<T>(Answer<T> answer, Utf8JsonWriter json)
    {
        if (answer.Headline is { } headline)
        {
            json.WriteString("headline", headline);
        }

        if (answer.Notes.Count > 0)
        {
            Write(json, "notes", answer.Notes.ToArray());
        }
    }

    private static void WriteStanding(Standing? standing, Utf8JsonWriter json)
    {
        if (standing is not null)
        {
            Write(json, "asOf", standing.AsOf);
            json.WriteBoolean("complete", standing.IsComplete);
            Write(json, "stale", standing.Stale.ToArray());
        }
    }

    private static void WriteRows<T>(Answer<T> answer, Utf8JsonWriter json)
    {
        json.WriteStartArray("rows");
        foreach (var row in answer.Rows)
        {
            json.WriteStartObject();
            foreach (var column in answer.Columns)
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
