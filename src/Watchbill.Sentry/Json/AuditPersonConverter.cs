using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Json;

/// <summary>Reads an account of the audit log: an object with or without id, or only the id as a number.</summary>
internal sealed class AuditPersonConverter : JsonConverter<SentryAuditPerson>
{
    public override SentryAuditPerson? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return new() { Id = TextConverter.Digits(ref reader) };
            case JsonTokenType.String:
                return new() { Id = reader.GetString() };
            case JsonTokenType.StartObject:
                using (var json = JsonDocument.ParseValue(ref reader))
                {
                    var person = json.RootElement;
                    return new() { Id = Text(person, "id"), Name = Text(person, "name"), Email = Text(person, "email") };
                }
            default:
                throw new JsonException();
        }
    }

    public override void Write(Utf8JsonWriter writer, SentryAuditPerson value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static string? Text(JsonElement person, string name) =>
        person.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
