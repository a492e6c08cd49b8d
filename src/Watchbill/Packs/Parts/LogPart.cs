using System.Globalization;
using Watchbill.Integrity;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>The events of the period, and the log that they are sealed in, as C2SP tlog-tiles lays it out.</summary>
internal static class LogPart
{
    public const string Events = "data/audit/events.jsonl";
    public const string Checkpoint = "data/log/checkpoint";

    private const int Width = ReadLog.TileWidth;

    /// <exception cref="RunChangedException">The run is not sealed.</exception>
    public static async Task WriteAsync(PackWriter pack, PackScope scope)
    {
        var events = await PackStore.EventsAsync(scope);
        if (events.Count == 0 || await PackStore.CheckpointAsync(scope, events[^1].Index) is not { } checkpoint)
        {
            throw new RunChangedException(scope.Run.Id);
        }

        await pack.AddAsync(Events, stream =>
        {
            foreach (var one in events)
            {
                stream.Write(PackJson.LineOf(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("index", one.Index);
                    writer.WriteString("event", LogEntry.TextOf(one.Event));
                    writer.WriteEndObject();
                }));
                stream.WriteByte((byte)'\n');
            }

            return Task.CompletedTask;
        });
        await pack.AddAsync(Checkpoint, checkpoint.Note);
        await ProofsPart.WriteAsync(pack, scope, events, checkpoint);
        await TimestampsPart.WriteAsync(pack, scope, events[0].Index, checkpoint.Size);
        for (var level = 0; checkpoint.Size >> (8 * level) > 0; level++)
        {
            await WriteTilesAsync(pack, scope, level, checkpoint.Size >> (8 * level));
        }

        for (var from = 0L; from < checkpoint.Size; from += Width)
        {
            var width = (int)Math.Min(Width, checkpoint.Size - from);
            await pack.AddAsync($"data/log/tile/entries/{PlaceOf(from / Width, width)}", await LogStore.BundleAsync(scope.Session, from, width, scope.CancellationToken) ?? []);
        }
    }

    /// <summary>Where a tile is: groups of three digits, all but the last behind an x; a part of a tile ends in .p and its width.</summary>
    public static string PlaceOf(long index, int width)
    {
        var digits = index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var groups = digits.Chunk(3).Select(static group => new string(group)).ToList();
        var place = string.Join('/', [.. groups.SkipLast(1).Select(static group => "x" + group), groups[^1]]);
        return width == Width ? place : string.Create(CultureInfo.InvariantCulture, $"{place}.p/{width}");
    }

    private static async Task WriteTilesAsync(PackWriter pack, PackScope scope, int level, long hashes)
    {
        for (var from = 0L; from < hashes; from += Width)
        {
            var width = (int)Math.Min(Width, hashes - from);
            await pack.AddAsync($"data/log/tile/{level}/{PlaceOf(from / Width, width)}", await LogStore.TileAsync(scope.Session, 8 * level, from, width, scope.CancellationToken) ?? []);
        }
    }
}
