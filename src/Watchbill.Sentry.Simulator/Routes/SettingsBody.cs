using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Lays the known fields of a request over a settings record. Fields nobody knows are ignored, as Sentry does.</summary>
internal static class SettingsBody
{
    public static (T Merged, Answer? Refusal) Merge<T>(T current, JsonElement body, JsonTypeInfo<T> type)
    {
        var merged = JsonSerializer.SerializeToNode(current, type)!.AsObject();
        var errors = new FieldErrors();
        foreach (var property in body.ValueKind == JsonValueKind.Object ? body.EnumerateObject().ToArray() : [])
        {
            if (merged.TryGetPropertyValue(property.Name, out var old))
            {
                Check(errors, property, old);
                merged[property.Name] = JsonNode.Parse(property.Value.GetRawText());
            }
        }

        return errors.Any ? (current, errors.ToAnswer()) : (merged.Deserialize(type)!, null);
    }

    private static void Check(FieldErrors errors, JsonProperty property, JsonNode? old)
    {
        var kind = property.Value.ValueKind;
        switch (old?.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False when kind is not (JsonValueKind.True or JsonValueKind.False):
                errors.Add(property.Name, "Must be a valid boolean.");
                break;
            case JsonValueKind.Number when kind != JsonValueKind.Number:
                errors.Add(property.Name, "A valid integer is required.");
                break;
            case JsonValueKind.String when kind is not (JsonValueKind.String or JsonValueKind.Null):
                errors.Add(property.Name, "Not a valid string.");
                break;
            case JsonValueKind.Array when kind != JsonValueKind.Array:
                errors.Add(property.Name, $"Expected a list of items but got type \"{kind}\".");
                break;
            default:
                break;
        }
    }
}
