using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>A complete HTTP answer, made in memory before anything is sent, so that it can still be spoiled on purpose.</summary>
internal sealed class Answer(int status)
{
    public const string JsonType = "application/json";

    // Sentry escapes no more than JSON demands: quotes and apostrophes of its messages arrive as they are.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public int Status { get; } = status;

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public List<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer Empty(int status) => new(status);

    /// <summary>An answer whose JSON body <paramref name="write"/> writes at once.</summary>
    public static Answer Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }

        return new Answer(status) { ContentType = JsonType, Body = buffer.WrittenMemory };
    }

    public static Answer Json(int status, string body) => Text(status, body, JsonType);

    public static Answer Text(int status, string body, string contentType) =>
        new(status) { ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) };

    public Answer With(string header, string value)
    {
        Headers.Add(KeyValuePair.Create(header, value));
        return this;
    }

    public Answer WithBody(ReadOnlyMemory<byte> body) => new(Status) { ContentType = ContentType, Body = body, Headers = Headers };
}
