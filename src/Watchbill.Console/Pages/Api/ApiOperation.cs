using System.Text.Json;

namespace Watchbill.Console.Pages.Api;

/// <summary>One address of the API, as a page shows it.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonElement Body)
{
    public string Group => Body.GetProperty("tags")[0].GetString()!;

    public string Name => Body.GetProperty("operationId").GetString()!;

    public string Summary => Body.GetProperty("summary").GetString()!;

    public string? Description => Body.TryGetProperty("description", out var text) ? text.GetString() : null;

    public IEnumerable<JsonElement> Parameters => Body.TryGetProperty("parameters", out var found) ? found.EnumerateArray() : default;

    public JsonElement? Sent => Body.TryGetProperty("requestBody", out var body) ? SchemaIn(body) : null;

    public IEnumerable<(string Status, JsonElement? Schema)> Answers => Body.GetProperty("responses").EnumerateObject().Select(static answer => (answer.Name, SchemaIn(answer.Value)));

    public static IReadOnlyList<ApiOperation> Of(JsonElement document) =>
        [.. document.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject().Select(operation => new ApiOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value)))];

    private static JsonElement? SchemaIn(JsonElement holder) =>
        holder.TryGetProperty("content", out var content) ? content.EnumerateObject().First().Value.GetProperty("schema") : null;
}
