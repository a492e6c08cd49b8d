using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Watchbill.Sentry.Simulator.Tests.Contract;

/// <summary>
/// Sentry's published OpenAPI document, from the folder that WATCHBILL_ORACLES names. Finds the operation of a request and says what is wrong
/// with an answer. OpenAPI's <c>nullable</c> becomes JSON Schema's type list first, because the validator does not know it.
/// </summary>
internal sealed class SentryDocument
{
    private readonly JsonObject root;
    private readonly Dictionary<string, JsonSchema> schemas = [];

    private SentryDocument(JsonObject root) => this.root = root;

    /// <summary>Reads the document, or skips the running test when there is none.</summary>
    public static SentryDocument Load()
    {
        var folder = Environment.GetEnvironmentVariable("WATCHBILL_ORACLES");
        Assert.SkipUnless(folder is not null, "Set WATCHBILL_ORACLES to a folder with sentry-openapi.json to hold the simulator against Sentry's document.");
        var document = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "sentry-openapi.json")))!.AsObject();
        Translate(document["components"]!);
        Translate(document["paths"]!);
        return new SentryDocument(document);
    }

    /// <summary>The document's own template for a path, such as <c>/api/0/teams/{organization_id_or_slug}/{team_id_or_slug}/</c>, or null.</summary>
    public string? TemplateOf(string path) => root["paths"]!.AsObject()
        .Select(pair => pair.Key)
        .Where(template => Matches(template, path))
        .MinBy(template => template.Count(letter => letter == '{'));

    /// <summary>Everything an answer has against its documentation: an undocumented operation or status, or places where the body does not fit.</summary>
    public async Task<IReadOnlyList<string>> FindFaults(HttpMethod method, string path, Reply reply)
    {
        if (TemplateOf(path) is not { } template || root["paths"]![template]![method.Method.ToLowerInvariant()] is not { } operation)
        {
            return ["operation is not documented"];
        }

        if (operation["responses"]![$"{(int)reply.Status}"] is not { } response)
        {
            return [$"status {(int)reply.Status} is not documented"];
        }

        if (response["content"]?["application/json"]?["schema"] is not { } schema)
        {
            return (int)reply.Status >= 400 || reply.Body.Length == 0 ? [] : ["a body is not documented"];
        }

        var errors = (await Schema($"{method} {template} {(int)reply.Status}", schema)).Validate(reply.Body);
        List<string> faults = [.. errors.SelectMany(Flatten).Distinct()];

        // Where an object was expected the validator also complains about each of its members.
        var notObjects = faults.Where(fault => fault.EndsWith(" ObjectExpected", StringComparison.Ordinal)).Select(fault => fault.Split(' ')[0] + ".").ToList();
        return faults.FindAll(fault => !notObjects.Exists(place => fault.StartsWith(place, StringComparison.Ordinal)));
    }

    private async Task<JsonSchema> Schema(string key, JsonNode schema)
    {
        if (!schemas.TryGetValue(key, out var known))
        {
            var whole = schema.DeepClone().AsObject();
            whole["components"] = new JsonObject { ["schemas"] = ReachableFrom(schema) };
            known = schemas[key] = await JsonSchema.FromJsonAsync(whole.ToJsonString(), TestContext.Current.CancellationToken);
        }

        return known;
    }

    /// <summary>The schemas a schema refers to, directly or not: parsing all of the document for every operation would take a minute.</summary>
    private JsonObject ReachableFrom(JsonNode schema)
    {
        var reached = new JsonObject();
        var waiting = new Queue<JsonNode>([schema]);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var name in References(next).Where(name => !reached.ContainsKey(name)))
            {
                reached[name] = root["components"]!["schemas"]![name]!.DeepClone();
                waiting.Enqueue(reached[name]!);
            }
        }

        return reached;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(References),
        JsonObject item when item["$ref"] is { } reference => [reference.GetValue<string>().Split('/')[^1]],
        JsonObject item => item.SelectMany(pair => References(pair.Value)),
        _ => [],
    };

    private static bool Matches(string template, string path)
    {
        var (expected, actual) = (template.Split('/'), path.Split('/'));
        return expected.Length == actual.Length
            && expected.Zip(actual).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
    }

    /// <summary><c>[].user.emails PropertyRequired</c>: where, without row numbers, and what.</summary>
    private static IEnumerable<string> Flatten(ValidationError error) => error is ChildSchemaValidationError parent
        ? parent.Errors.SelectMany(pair => pair.Value).SelectMany(Flatten).DefaultIfEmpty($"{Place(error)} {error.Kind}")
        : [$"{Place(error)} {error.Kind}"];

    private static string Place(ValidationError error) =>
        System.Text.RegularExpressions.Regex.Replace((error.Path ?? "#").TrimStart('#', '/'), @"\[\d+\]", "[]");

    private static void Translate(JsonNode node)
    {
        switch (node)
        {
            case JsonArray array:
                array.OfType<JsonNode>().ToList().ForEach(Translate);
                break;
            case JsonObject item:
                item.Where(pair => pair.Value is not null && pair.Key is not ("example" or "examples")).Select(pair => pair.Value!).ToList().ForEach(Translate);
                AllowNull(item);
                break;
            default:
                break;
        }
    }

    private static void AllowNull(JsonObject schema)
    {
        if (schema["nullable"]?.GetValueKind() != JsonValueKind.True)
        {
            return;
        }

        schema.Remove("nullable");
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        }
        else if (schema["allOf"] is JsonArray { Count: 1 } all)
        {
            schema.Remove("allOf");
            schema["anyOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, all[0]!.DeepClone());
        }

        (schema["enum"] as JsonArray)?.Add(null);
    }
}
