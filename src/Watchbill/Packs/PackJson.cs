using System.Text.Json;

namespace Watchbill.Packs;

/// <summary>JSON of a pack: indented for readers, with line ends that are the same on every machine.</summary>
internal static class PackJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n" };

    /// <summary>A file for readers.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> write) => Of(write, Readable);

    /// <summary>One line for programs.</summary>
    public static byte[] LineOf(Action<Utf8JsonWriter> write) => Of(write, default);

    private static byte[] Of(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            write(writer);
        }

        if (options.Indented)
        {
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}
