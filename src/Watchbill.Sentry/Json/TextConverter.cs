using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Json;

/// <summary>
/// Reads every text, and a number where a text is expected: Sentry sends most ids as text but some as numbers. The digits are kept as sent,
/// so an id never passes through a floating-point number.
/// </summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Known(ref reader) ?? Keepable(ref reader),
        JsonTokenType.Number => Digits(ref reader),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Keepable(ref reader)!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    /// <summary>Text that every database can keep: PostgreSQL, Sentry's own, knows no U+0000, and neither must whoever reads this.</summary>
    private static string? Keepable(ref Utf8JsonReader reader)
    {
        var text = reader.GetString();
        return reader.ValueIsEscaped ? text?.Replace('\0', '\uFFFD') : text;
    }

    internal static string Digits(ref Utf8JsonReader reader) =>
        Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);

    /// <summary>The values that repeat on every row share one instance, which spares a big organization tens of thousands of small texts.</summary>
    private static string? Known(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
        {
            return null;
        }
        return reader.ValueSpan switch
        {
            var text when text.SequenceEqual("member"u8) => "member",
            var text when text.SequenceEqual("admin"u8) => "admin",
            var text when text.SequenceEqual("manager"u8) => "manager",
            var text when text.SequenceEqual("owner"u8) => "owner",
            var text when text.SequenceEqual("billing"u8) => "billing",
            var text when text.SequenceEqual("contributor"u8) => "contributor",
            var text when text.SequenceEqual("approved"u8) => "approved",
            _ => null,
        };
    }
}
