using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Populations;

/// <summary>Writes a population as CSV and as JSON Lines. The same rows give the same bytes.</summary>
internal static class PopulationWriter
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <returns>How many rows it has.</returns>
    public static async Task<long> WriteAsync(PackWriter pack, PackScope scope, Population population)
    {
        // Each file is written straight through, so the rows are read once for each.
        var rows = 0L;
        await pack.AddAsync($"data/{population.Name}.csv", stream => WriteCsvAsync(stream, scope, population, () => rows++));
        await pack.AddAsync($"data/{population.Name}.jsonl", stream => WriteLinesAsync(stream, scope, population));
        return rows;
    }

    /// <summary>The data dictionary: what each column of each list means.</summary>
    public static string Dictionary(IEnumerable<Population> populations)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Options, leaveOpen: true))
        {
            Line(csv, ["file", "list", "column", "kind", "meaning"]);
            foreach (var population in populations)
            {
                foreach (var column in population.Columns)
                {
                    Line(csv, [population.Name, population.Title, column.Name, Kernel.Word.Of(column.Kind), column.Meaning]);
                }
            }
        }

        return text.ToString();
    }

    private static CsvWriterOptions Options => new() { NewLine = "\r\n" };

    private static async Task WriteCsvAsync(Stream stream, PackScope scope, Population population, Action counted)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        using var csv = CsvWriter.Create(text, Options, leaveOpen: true);
        Line(csv, population.Columns.Select(static column => (string?)column.Name));
        await PopulationStore.ForEachAsync(scope, population, row =>
        {
            for (var index = 0; index < population.Columns.Count; index++)
            {
                csv.WriteField(TextOf(row, index, population.Columns[index].Kind) ?? "");
            }

            csv.EndRecord();
            counted();
        });
    }

    private static async Task WriteLinesAsync(Stream stream, PackScope scope, Population population)
    {
        var line = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(line);
        await PopulationStore.ForEachAsync(scope, population, row =>
        {
            writer.WriteStartObject();
            for (var index = 0; index < population.Columns.Count; index++)
            {
                writer.WritePropertyName(population.Columns[index].Name);
                Write(writer, row, index, population.Columns[index].Kind);
            }

            writer.WriteEndObject();
            writer.Flush();
            stream.Write(line.WrittenSpan);
            stream.WriteByte((byte)'\n');
            line.ResetWrittenCount();
            writer.Reset();
        });
    }

    private static string? TextOf(PopulationStoreRow row, int index, ColumnKind kind) => row.IsNull(index) ? null : kind switch
    {
        ColumnKind.Number => row.Number(index).ToString(CultureInfo.InvariantCulture),
        ColumnKind.Flag => row.Flag(index) ? "true" : "false",
        ColumnKind.Instant => InstantOf(row, index),
        _ => row.Text(index),
    };

    private static void Write(Utf8JsonWriter writer, PopulationStoreRow row, int index, ColumnKind kind)
    {
        if (row.IsNull(index))
        {
            writer.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case ColumnKind.Number:
                writer.WriteNumberValue(row.Number(index));
                break;
            case ColumnKind.Flag:
                writer.WriteBooleanValue(row.Flag(index));
                break;
            case ColumnKind.Instant:
                writer.WriteStringValue(InstantOf(row, index));
                break;
            case ColumnKind.Json:
                writer.WriteRawValue(row.Text(index));
                break;
            default:
                writer.WriteStringValue(row.Text(index));
                break;
        }
    }

    private static string InstantOf(PopulationStoreRow row, int index) => row.Instant(index).UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static void Line(CsvWriter csv, IEnumerable<string?> values)
    {
        foreach (var value in values)
        {
            csv.WriteField(value ?? "");
        }

        csv.EndRecord();
    }
}
