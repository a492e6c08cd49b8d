using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Json;

/// <summary>
/// Reads a time as UTC, whatever the machine's zone; a time without a zone is UTC, as Sentry means it. An unreadable time is null, because it must
/// not cost the page.
/// </summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTime(out var time))
        {
            reader.TrySkip();
            return null;
        }
        return time.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteStringValue(time);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
