using System.Text.Json.Nodes;

namespace Watchbill.People.Identities.Scim;

/// <summary>What of people and groups Watchbill takes, as SCIM describes it (RFC 7643, 7).</summary>
internal static class ScimSchemas
{
    public static IEnumerable<JsonObject> All() =>
    [
        Schema(
            ScimResource.CoreSchema, "User",
            [
                Simple("userName", "string", isRequired: true), Simple("externalId", "string"), Simple("displayName", "string"), Simple("title", "string"), Simple("active", "boolean"),
                Complex("name", isList: false, Simple("formatted", "string"), Simple("givenName", "string"), Simple("familyName", "string")),
                Complex("emails", isList: true, Simple("value", "string"), Simple("type", "string"), Simple("primary", "boolean")),
            ]),
        Schema(
            ScimResource.EnterpriseSchema, "EnterpriseUser",
            [Simple("employeeNumber", "string"), Simple("department", "string"), Complex("manager", isList: false, Simple("value", "string"), Simple("displayName", "string"))]),
        Schema(
            ScimResource.GroupSchema, "Group",
            [Simple("displayName", "string", isRequired: true), Simple("externalId", "string"), Complex("members", isList: true, Simple("value", "string"), Simple("display", "string"), Simple("type", "string"))]),
    ];

    private static JsonObject Schema(string id, string name, JsonObject[] attributes) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = id,
        ["name"] = name,
        ["attributes"] = new JsonArray([.. attributes]),
    };

    private static JsonObject Simple(string name, string type, bool isRequired = false) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["multiValued"] = false,
        ["required"] = isRequired,
        ["caseExact"] = false,
        ["mutability"] = "readWrite",
        ["returned"] = "default",
        ["uniqueness"] = isRequired ? "server" : "none",
    };

    private static JsonObject Complex(string name, bool isList, params JsonObject[] parts) => new()
    {
        ["name"] = name,
        ["type"] = "complex",
        ["multiValued"] = isList,
        ["required"] = false,
        ["mutability"] = "readWrite",
        ["returned"] = "default",
        ["subAttributes"] = new JsonArray([.. parts]),
    };
}
