using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Json;

/// <summary>Reads how many elements an array has and nothing of what is in them.</summary>
internal sealed class LengthConverter : JsonConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var length = 0;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            // Always succeeds: the whole value is there before a converter is called. Skip would refuse, because the answer goes on after it.
            reader.TrySkip();
            length++;
        }

        return length;
    }

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => throw new NotSupportedException("It is only read.");
}
