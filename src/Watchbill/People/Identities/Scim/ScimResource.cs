using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>A person as SCIM writes them (RFC 7643, 4.1 and 4.3), and what Watchbill understands of it. Attributes it does not know are not kept.</summary>
internal static class ScimResource
{
    public const string CoreSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string EnterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    public const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private const int LongestText = 200;
    private const int MostAddresses = 50;

    private static readonly string[] Known = ["userName", "externalId", "name", "displayName", "active", "emails", "title"];
    private static readonly string[] KnownOfEnterprise = ["employeeNumber", "department", "manager"];

    /// <summary>What Watchbill keeps of what was pushed: the attributes it knows, under their proper names.</summary>
    public static JsonObject Keep(JsonObject pushed)
    {
        var kept = Pick(pushed, Known);
        if (Find(pushed, EnterpriseSchema) is JsonObject enterprise && Pick(enterprise, KnownOfEnterprise) is { Count: > 0 } extension)
        {
            kept[EnterpriseSchema] = extension;
        }

        return kept;
    }

    /// <summary>The person whom a resource describes; a refusal when it lacks what is needed.</summary>
    /// <param name="resource">What <see cref="Keep"/> kept.</param>
    /// <param name="key">The id that SCIM knows them by.</param>
    public static Result<Identity> Read(JsonObject resource, string key)
    {
        if (Text(resource, "userName") is not { Length: > 0 and <= LongestText } userName)
        {
            return ScimRefusals.BadValue("userName", $"is needed, with at most {LongestText} characters");
        }

        var addresses = Addresses(resource).ToList();
        if (addresses.Count > MostAddresses)
        {
            return ScimRefusals.BadValue("emails", $"has more than {MostAddresses} entries");
        }

        var (email, name) = (PersonInput.Address(addresses.FirstOrDefault() ?? userName), PersonInput.Name(NameOf(resource) ?? addresses.FirstOrDefault() ?? userName));
        if (email is null || name is null)
        {
            return email is null ? ScimRefusals.BadValue("emails", "needs an e-mail address") : ScimRefusals.BadValue("displayName", "has at most 100 characters, none of them invisible");
        }

        var enterprise = Find(resource, EnterpriseSchema) as JsonObject;
        var identity = new Identity
        {
            Key = key,
            Email = email,
            Name = name,
            UserName = userName.ToLowerInvariant(),
            ExternalId = Text(resource, "externalId"),
            Aliases = [.. addresses.Append(userName).Select(PersonInput.Address).OfType<string>().Where(alias => alias != email).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Manager = enterprise is null ? null : ManagerOf(enterprise),
            Department = enterprise is null ? null : Text(enterprise, "department"),
            Title = Text(resource, "title"),
            IsActive = Flag(resource, "active") ?? true,
            Pushed = resource.ToJsonString(),
        };
        return new[] { identity.ExternalId, identity.Manager, identity.Department, identity.Title }.Any(static text => text?.Length > LongestText)
            ? ScimRefusals.BadValue("externalId, title, department or manager", $"has more than {LongestText} characters")
            : identity;
    }

    /// <summary>A person as SCIM answers.</summary>
    public static JsonObject Write(Identity identity, string location)
    {
        var resource = JsonNode.Parse(identity.Pushed ?? "{}")!.AsObject();
        JsonArray schemas = [CoreSchema];
        if (resource.ContainsKey(EnterpriseSchema))
        {
            schemas.Add(EnterpriseSchema);
        }

        resource["schemas"] = schemas;
        resource["id"] = identity.Key;
        resource["active"] = identity.IsActive;
        resource["meta"] = new JsonObject
        {
            ["resourceType"] = "User",
            ["created"] = identity.CreatedAt.UtcDateTime.ToString("O"),
            ["lastModified"] = identity.ChangedAt.UtcDateTime.ToString("O"),
            ["location"] = location,
        };
        return resource;
    }

    /// <summary>A group as SCIM answers.</summary>
    public static JsonObject Write(ScimGroup group, string location, bool withMembers)
    {
        JsonObject resource = new()
        {
            ["schemas"] = new JsonArray(GroupSchema),
            ["id"] = group.Key,
            ["displayName"] = group.Name,
            ["meta"] = new JsonObject
            {
                ["resourceType"] = "Group",
                ["created"] = group.CreatedAt.UtcDateTime.ToString("O"),
                ["lastModified"] = group.ChangedAt.UtcDateTime.ToString("O"),
                ["location"] = location,
            },
        };
        if (group.ExternalId is { } external)
        {
            resource["externalId"] = external;
        }

        if (withMembers)
        {
            resource["members"] = new JsonArray([.. group.Members.Select(static member => new JsonObject { ["value"] = member.Key, ["display"] = member.Name, ["type"] = "User" })]);
        }

        return resource;
    }

    /// <summary>An attribute, whatever its letters' case (RFC 7643, 2.1); null when it is not there.</summary>
    public static JsonNode? Find(JsonObject resource, string name) => NameIn(resource, name) is { } there ? resource[there] : null;

    /// <summary>The name under which an object has an attribute; null when it has none.</summary>
    public static string? NameIn(JsonObject resource, string name) =>
        resource.Select(static pair => pair.Key).FirstOrDefault(key => string.Equals(key, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Entra ID writes what is true as text.</summary>
    private static bool? Flag(JsonObject resource, string name) => Find(resource, name) switch
    {
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        JsonValue value when value.GetValueKind() is JsonValueKind.String && bool.TryParse(value.GetValue<string>(), out var flag) => flag,
        _ => null,
    };

    /// <summary>A text, without blanks around it; null when it is not there, empty or none.</summary>
    public static string? Text(JsonObject resource, string name) =>
        Find(resource, name) is JsonValue value && value.GetValueKind() is JsonValueKind.String && value.GetValue<string>().Trim() is { Length: > 0 } text ? text : null;

    private static string? NameOf(JsonObject resource)
    {
        if (Text(resource, "displayName") is { } shown)
        {
            return shown;
        }

        return Find(resource, "name") is JsonObject name
            ? Text(name, "formatted") ?? (string.Join(' ', new[] { Text(name, "givenName"), Text(name, "familyName") }.OfType<string>()) is { Length: > 0 } both ? both : null)
            : null;
    }

    /// <summary>The primary one first, then the one for work.</summary>
    private static IEnumerable<string> Addresses(JsonObject resource) =>
        Find(resource, "emails") is JsonArray emails
            ? emails.OfType<JsonObject>().OrderByDescending(static email => Flag(email, "primary") is true).ThenByDescending(static email => Text(email, "type") == "work")
                .Select(static email => Text(email, "value")).OfType<string>()
            : [];

    private static string? ManagerOf(JsonObject enterprise) =>
        Find(enterprise, "manager") is JsonObject manager ? Text(manager, "value") : Text(enterprise, "manager");

    private static JsonObject Pick(JsonObject from, IReadOnlyList<string> names)
    {
        JsonObject picked = [];
        foreach (var name in names)
        {
            if (Find(from, name) is { } value)
            {
                picked[name] = value.DeepClone();
            }
        }

        return picked;
    }
}
