using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>
/// Changes of a person in parts (RFC 7644, 3.5.2), as Okta and Entra ID send them: with a path, without one, with dots in the names of a value, and with
/// operations in any case.
/// </summary>
internal static partial class ScimPatch
{
    private const int MostOperations = 100;

    /// <summary>Applies all operations to a copy, or none.</summary>
    public static Result<JsonObject> Apply(JsonObject resource, JsonObject patch)
    {
        if (ScimResource.Find(patch, "Operations") is not JsonArray { Count: > 0 and <= MostOperations } operations)
        {
            return ScimRefusals.BadValue("Operations", $"needs 1 to {MostOperations} operations");
        }

        var copy = resource.DeepClone().AsObject();
        foreach (var operation in operations)
        {
            if ((operation is JsonObject one ? ApplyOne(copy, one) : ScimRefusals.BadValue("Operations", "holds something that is no operation")) is { } refusal)
            {
                return refusal;
            }
        }

        return copy;
    }

    private static Refusal? ApplyOne(JsonObject resource, JsonObject operation)
    {
        var verb = (ScimResource.Find(operation, "op") as JsonValue)?.ToString().ToLowerInvariant();
        var path = (ScimResource.Find(operation, "path") as JsonValue)?.ToString();
        var value = ScimResource.Find(operation, "value");
        if (verb is not ("add" or "replace" or "remove"))
        {
            return ScimRefusals.BadValue("op", "is add, replace or remove");
        }

        if (verb == "remove")
        {
            return path is null ? ScimRefusals.NoTarget() : Set(resource, path, value: null, isAdded: false);
        }

        if (path is not null)
        {
            return Set(resource, path, value, verb == "add");
        }

        return value is JsonObject several
            ? several.Select(pair => Set(resource, pair.Key, pair.Value, verb == "add")).FirstOrDefault(static refusal => refusal is not null)
            : ScimRefusals.BadValue("value", "must be an object when there is no path");
    }

    private static Refusal? Set(JsonObject resource, string path, JsonNode? value, bool isAdded)
    {
        var target = resource;
        if (path.StartsWith($"{ScimResource.CoreSchema}:", StringComparison.OrdinalIgnoreCase))
        {
            path = path[(ScimResource.CoreSchema.Length + 1)..];
        }
        else if (path.StartsWith($"{ScimResource.EnterpriseSchema}:", StringComparison.OrdinalIgnoreCase))
        {
            path = path[(ScimResource.EnterpriseSchema.Length + 1)..];
            target = ObjectIn(resource, ScimResource.EnterpriseSchema);
        }
        else if (string.Equals(path, ScimResource.EnterpriseSchema, StringComparison.OrdinalIgnoreCase) && value is JsonObject extension)
        {
            target = ObjectIn(resource, ScimResource.EnterpriseSchema);
            return extension.Select(pair => Set(target, pair.Key, pair.Value, isAdded)).FirstOrDefault(static refusal => refusal is not null);
        }

        var parsed = Path.Match(path);
        if (!parsed.Success)
        {
            return ScimRefusals.BadPath(path);
        }

        var (attribute, part) = (parsed.Groups["attribute"].Value, parsed.Groups["part"].Value);
        if (parsed.Groups["by"].Success)
        {
            SetInList(target, attribute, (parsed.Groups["by"].Value, Regex.Unescape(parsed.Groups["is"].Value)), (part, value));
        }
        else if (part.Length > 0)
        {
            Put(ObjectIn(target, attribute), part, value);
        }
        else if (isAdded && value is JsonArray more && ScimResource.Find(target, attribute) is JsonArray list)
        {
            foreach (var one in more)
            {
                list.Add(one?.DeepClone());
            }
        }
        else
        {
            Put(target, attribute, value);
        }

        return null;
    }

    /// <summary>Those entries of a list for which something is so; a new entry where there is none and something is set.</summary>
    private static void SetInList(JsonObject target, string attribute, (string By, string Is) filter, (string Part, JsonNode? Value) what)
    {
        if (ScimResource.Find(target, attribute) is not JsonArray list)
        {
            target[attribute] = list = [];
        }

        var fitting = list.OfType<JsonObject>().Where(entry => string.Equals(ScimResource.Find(entry, filter.By)?.ToString(), filter.Is, StringComparison.OrdinalIgnoreCase)).ToList();
        if (what is { Value: null, Part.Length: 0 })
        {
            fitting.ForEach(entry => list.Remove(entry));
            return;
        }

        if (fitting.Count == 0 && what.Value is not null)
        {
            JsonObject made = new() { [filter.By] = filter.Is };
            list.Add(made);
            fitting.Add(made);
        }

        foreach (var entry in fitting)
        {
            if (what.Part.Length > 0)
            {
                Put(entry, what.Part, what.Value);
            }
            else if (what.Value is JsonObject whole)
            {
                foreach (var (name, value) in whole)
                {
                    Put(entry, name, value);
                }
            }
        }
    }

    private static JsonObject ObjectIn(JsonObject target, string attribute)
    {
        if (ScimResource.Find(target, attribute) is JsonObject there)
        {
            return there;
        }

        JsonObject made = [];
        Put(target, attribute, made);
        return made;
    }

    private static void Put(JsonObject target, string name, JsonNode? value)
    {
        var there = ScimResource.NameIn(target, name) ?? name;
        if (value is null)
        {
            target.Remove(there);
        }
        else
        {
            target[there] = value.Parent is null ? value : value.DeepClone();
        }
    }

    [GeneratedRegex(
        """^(?<attribute>[A-Za-z][A-Za-z0-9]{0,60})(?:\[(?<by>[A-Za-z]{1,30}) +eq +"(?<is>[^"\\]{0,200})"\])?(?:\.(?<part>[A-Za-z][A-Za-z0-9]{0,60}))?\z""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Path { get; }
}
