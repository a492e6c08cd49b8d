using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>The role catalogues that organizations and member details carry.</summary>
internal static class RoleJson
{
    public static void WriteOrgRoles(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Organization organization)
    {
        writer.WriteStartArray(name);
        foreach (var role in organization.OrgRoles)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, role.Id);
            writer.WriteString("name"u8, role.Name);
            writer.WriteString("desc"u8, role.Description);
            writer.WriteScopes("scopes"u8, AccessRules.RoleScopes(organization, role));
            writer.WriteBoolean("allowed"u8, true);
            writer.WriteBoolean("isAllowed"u8, true);
            writer.WriteBoolean("isRetired"u8, role.IsRetired && organization.HasTeamRoles);
            writer.WriteBoolean("is_global"u8, role.IsGlobal);
            writer.WriteBoolean("isGlobal"u8, role.IsGlobal);
            writer.WriteBoolean("isTeamRolesAllowed"u8, role.AllowsTeamRoles);
            writer.WriteString("minimumTeamRole"u8, role.MinimumTeamRole);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteTeamRoles(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteStartArray(name);
        foreach (var role in TeamRole.All)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, role.Id);
            writer.WriteString("name"u8, role.Name);
            writer.WriteString("desc"u8, role.Description);
            writer.WriteScopes("scopes"u8, role.Scopes);
            writer.WriteBoolean("allowed"u8, true);
            writer.WriteBoolean("isAllowed"u8, true);
            writer.WriteBoolean("isRetired"u8, false);
            writer.WriteBoolean("isTeamRolesAllowed"u8, true);
            writer.WriteString("isMinimumRoleFor"u8, role.MinimumRoleFor);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
