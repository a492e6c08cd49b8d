using System.Text.Json.Nodes;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Instants in JSON objects that are put together at once, ending in Z as Sentry's do.</summary>
internal static class Instants
{
    public static JsonNode Json(this DateTimeOffset instant) => JsonValue.Create(instant.UtcDateTime);

    public static JsonNode? Json(this DateTimeOffset? instant) => instant?.Json();
}
