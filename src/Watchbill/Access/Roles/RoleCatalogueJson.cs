using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Access.Roles;

/// <summary>The stored form of a role catalogue. Scopes are sorted, so that the same catalogue is always the same text.</summary>
internal static class RoleCatalogueJson
{
    public static string Write(RoleCatalogue catalogue) => JsonSerializer.Serialize(
        new CatalogueDocument(
            [.. catalogue.OrgRoles.Select(static role => new OrgRoleDocument(
                role.Id, role.Name, [.. role.Scopes], role.IsGlobal, role.IsRetired, role.AllowsTeamRoles, role.MinimumTeamRole))],
            [.. catalogue.TeamRoles.Select(static role => new TeamRoleDocument(role.Id, role.Name, [.. role.Scopes]))]),
        RoleCatalogueJsonContext.Default.CatalogueDocument);

    public static RoleCatalogue? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            var document = JsonSerializer.Deserialize(json, RoleCatalogueJsonContext.Default.CatalogueDocument);
            return document is { OrgRoles: { Length: > 0 } orgRoles }
                ? new RoleCatalogue([.. orgRoles.Select(ToRole)], [.. (document.TeamRoles ?? []).Select(ToRole)])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OrgRole ToRole(OrgRoleDocument role) => new()
    {
        Id = role.Id,
        Name = role.Name ?? role.Id,
        Scopes = ScopeSet.Of(role.Scopes ?? []),
        IsGlobal = role.IsGlobal,
        IsRetired = role.IsRetired,
        AllowsTeamRoles = role.AllowsTeamRoles,
        MinimumTeamRole = role.MinimumTeamRole ?? "contributor",
    };

    private static TeamRole ToRole(TeamRoleDocument role) => new() { Id = role.Id, Name = role.Name ?? role.Id, Scopes = ScopeSet.Of(role.Scopes ?? []) };
}

internal sealed record CatalogueDocument(OrgRoleDocument[]? OrgRoles, TeamRoleDocument[]? TeamRoles);

internal sealed record OrgRoleDocument(
    [property: JsonRequired] string Id,
    string? Name,
    string[]? Scopes,
    bool IsGlobal,
    bool IsRetired,
    bool AllowsTeamRoles,
    string? MinimumTeamRole);

internal sealed record TeamRoleDocument([property: JsonRequired] string Id, string? Name, string[]? Scopes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CatalogueDocument))]
internal sealed partial class RoleCatalogueJsonContext : JsonSerializerContext;
