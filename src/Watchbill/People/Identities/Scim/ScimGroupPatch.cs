using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>What a group is to become: its name, the provider's id for it, and the keys of who is in it.</summary>
internal sealed record ScimGroupDraft(string? Name, string? ExternalId, IReadOnlySet<string> Members)
{
    private const int LongestText = 200;

    /// <summary>A whole group, as it was pushed.</summary>
    public static Result<ScimGroupDraft> Read(JsonObject pushed)
    {
        var members = ScimGroupPatch.KeysOf(ScimResource.Find(pushed, "members"));
        return members.Succeeded
            ? new ScimGroupDraft(ScimResource.Text(pushed, "displayName"), ScimResource.Text(pushed, "externalId"), members.Value).Checked()
            : members.Refusal!;
    }

    /// <summary>Itself, when its texts can be kept.</summary>
    public Result<ScimGroupDraft> Checked() =>
        Name is null or { Length: 0 or > LongestText } || Name.Any(char.IsControl) ? ScimRefusals.BadValue("displayName", $"is needed, with at most {LongestText} characters, none of them invisible")
        : ExternalId?.Length > LongestText ? ScimRefusals.BadValue("externalId", $"has more than {LongestText} characters")
        : this;
}

/// <summary>
/// Changes of a group in parts (RFC 7644, 3.5.2), as Okta and Entra ID send them: members added by a list, removed by a path with a filter or by a list, the name with a path
/// or inside an object.
/// </summary>
internal static partial class ScimGroupPatch
{
    private const int MostOperations = 100;

    /// <summary>Applies all operations, or none.</summary>
    public static Result<ScimGroupDraft> Apply(ScimGroupDraft before, JsonObject patch)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (ScimResource.Find(patch, "Operations") is not JsonArray { Count: > 0 and <= MostOperations } operations)
        {
            return ScimRefusals.BadValue("Operations", $"needs 1 to {MostOperations} operations");
        }

        Result<ScimGroupDraft> draft = before;
        foreach (var operation in operations)
        {
            draft = operation is JsonObject one ? ApplyOne(draft.Value, one) : ScimRefusals.BadValue("Operations", "holds something that is no operation");
            if (!draft.Succeeded)
            {
                return draft;
            }
        }

        return draft.Value.Checked();
    }

    /// <summary>The people that a list of members names; nobody where there is no list.</summary>
    public static Result<IReadOnlySet<string>> KeysOf(JsonNode? members)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (var entry in members switch { null => [], JsonArray list => list, var one => [one.DeepClone()] })
        {
            if (entry is not JsonObject member || ScimResource.Text(member, "value") is not { Length: <= 60 } key)
            {
                return ScimRefusals.BadValue("members", "names people by value");
            }

            keys.Add(key);
        }

        return keys;
    }

    private static Result<ScimGroupDraft> ApplyOne(ScimGroupDraft draft, JsonObject operation)
    {
        var verb = ScimResource.Text(operation, "op")?.ToLowerInvariant();
        var path = ScimResource.Text(operation, "path");
        var value = ScimResource.Find(operation, "value");
        return verb is not ("add" or "replace" or "remove") ? ScimRefusals.BadValue("op", "is add, replace or remove")
            : path is not null ? Set(draft, path, verb, value)
            : verb == "remove" ? ScimRefusals.NoTarget()
            : value is JsonObject several ? SetSeveral(draft, verb, several)
            : ScimRefusals.BadValue("value", "must be an object when there is no path");
    }

    /// <summary>Some providers repeat the id.</summary>
    private static Result<ScimGroupDraft> SetSeveral(ScimGroupDraft draft, string verb, JsonObject several)
    {
        Result<ScimGroupDraft> result = draft;
        foreach (var (name, value) in several.Where(static pair => !pair.Key.Equals("id", StringComparison.OrdinalIgnoreCase) && !pair.Key.Equals("schemas", StringComparison.OrdinalIgnoreCase)))
        {
            result = Set(result.Value, name, verb, value);
            if (!result.Succeeded)
            {
                return result;
            }
        }

        return result;
    }

    private static Result<ScimGroupDraft> Set(ScimGroupDraft draft, string path, string verb, JsonNode? value)
    {
        if (path.StartsWith($"{ScimResource.GroupSchema}:", StringComparison.OrdinalIgnoreCase))
        {
            path = path[(ScimResource.GroupSchema.Length + 1)..];
        }

        if (OneMember.Match(path) is { Success: true } one)
        {
            return verb == "remove" ? draft with { Members = Without(draft, [one.Groups["key"].Value]) } : ScimRefusals.BadPath(path);
        }

        var text = verb == "remove" ? null : (value as JsonValue)?.ToString();
        return path.ToLowerInvariant() switch
        {
            "displayname" => draft with { Name = text },
            "externalid" => draft with { ExternalId = text },
            "members" => SetMembers(draft, verb, value),
            _ => ScimRefusals.BadPath(path),
        };
    }

    private static Result<ScimGroupDraft> SetMembers(ScimGroupDraft draft, string verb, JsonNode? value)
    {
        var keys = KeysOf(value);
        return !keys.Succeeded ? keys.Refusal!
            : verb == "replace" ? draft with { Members = keys.Value }
            : verb == "add" ? draft with { Members = draft.Members.Union(keys.Value).ToHashSet(StringComparer.Ordinal) }
            : value is null ? draft with { Members = new HashSet<string>() }
            : draft with { Members = Without(draft, keys.Value) };
    }

    private static HashSet<string> Without(ScimGroupDraft draft, IEnumerable<string> keys) => draft.Members.Except(keys).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""^members\[value +eq +"(?<key>[^"\\]{1,60})"\]\z""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex OneMember { get; }
}
