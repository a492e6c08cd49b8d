using System.Text;
using System.Text.Json;

namespace Watchbill.Server.Tests.Api;

/// <summary>The OpenAPI document as a page for people who read the repository.</summary>
internal static class ApiReference
{
    public static string Of(JsonElement document)
    {
        var page = new StringBuilder("""
            # HTTP API

            Made out of the server's OpenAPI 3.1 document, which it serves at `/api/v1/openapi.json`; a test fails when this page is not true. Send an API token as a
            bearer token. Refusals are problem documents (`Problem`) with a stable `code`; those of use cases are listed in [refusals](refusals.md). Who may call what
            stands in [rights](rights.md).


            """.ReplaceLineEndings("\n"));
        foreach (var group in document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (path.Name, Method: operation.Name.ToUpperInvariant(), Operation: operation.Value)))
            .GroupBy(static entry => entry.Operation.GetProperty("tags")[0].GetString()))
        {
            page.Append("## ").AppendLine(group.Key).AppendLine();
            foreach (var (path, method, operation) in group)
            {
                Append(page, path, method, operation);
            }
        }

        page.AppendLine("## Types").AppendLine();
        foreach (var type in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Append(page, type);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, string path, string method, JsonElement operation)
    {
        page.AppendLine($"### {method} {path}").AppendLine();
        page.AppendLine($"{operation.GetProperty("summary").GetString()}. {Text(operation, "description")}".TrimEnd()).AppendLine();
        foreach (var parameter in Array(operation, "parameters"))
        {
            page.AppendLine($"- {parameter.GetProperty("in").GetString()} `{parameter.GetProperty("name").GetString()}`: {TypeOf(parameter.GetProperty("schema"))}. {Text(parameter, "description")}".TrimEnd());
        }

        if (operation.TryGetProperty("requestBody", out var body))
        {
            page.AppendLine($"- body: {Content(body)}");
        }

        foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(static answer => answer.Name != "default"))
        {
            page.AppendLine($"- {answer.Name}: {Content(answer.Value)}");
        }

        page.AppendLine();
    }

    private static void Append(StringBuilder page, JsonProperty type)
    {
        page.AppendLine($"### {type.Name}").AppendLine();
        if (Text(type.Value, "description") is { Length: > 0 } description)
        {
            page.AppendLine(description).AppendLine();
        }

        var required = Array(type.Value, "required").Select(static name => name.GetString()).ToHashSet();
        foreach (var field in type.Value.TryGetProperty("properties", out var fields) ? fields.EnumerateObject() : default)
        {
            page.AppendLine($"- `{field.Name}`{(required.Contains(field.Name) ? "" : " (optional)")}: {TypeOf(field.Value)}. {Text(field.Value, "description")}".TrimEnd());
        }

        page.AppendLine();
    }

    private static string Content(JsonElement holder) =>
        holder.TryGetProperty("content", out var content) ? string.Join(", ", content.EnumerateObject().Select(static entry => $"{TypeOf(entry.Value.GetProperty("schema"))} ({entry.Name})")) : "nothing";

    private static string TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return $"[{name}](#{name.ToLowerInvariant()})";
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            return string.Join(" or ", choices.EnumerateArray().Select(TypeOf));
        }

        if (schema.TryGetProperty("enum", out var words))
        {
            return string.Join(", ", words.EnumerateArray().Select(static word => $"`{word.GetString()}`"));
        }

        var types = schema.TryGetProperty("type", out var type) ? type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(static one => one.GetString()!) : [type.GetString()!] : [];
        var text = string.Join(" or ", types.OrderBy(static one => one == "null"));
        var format = schema.TryGetProperty("format", out var kind) ? $" ({kind.GetString()})" : "";
        return schema.TryGetProperty("items", out var items) ? $"{text} of {TypeOf(items)}" : text + format;
    }

    private static IEnumerable<JsonElement> Array(JsonElement holder, string name) => holder.TryGetProperty(name, out var found) ? found.EnumerateArray() : default;

    private static string Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var found) ? found.GetString()!.ReplaceLineEndings(" ") : "";
}
