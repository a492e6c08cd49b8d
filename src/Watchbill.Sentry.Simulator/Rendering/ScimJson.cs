using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>SCIM resources. User ids are member ids, group ids are team ids; team roles are never shown.</summary>
internal static class ScimJson
{
    public static void WriteUser(Utf8JsonWriter writer, Member member, Organization organization)
    {
        writer.WriteStartObject();
        writer.WriteTexts("schemas"u8, ["urn:ietf:params:scim:schemas:core:2.0:User"]);
        writer.WriteId("id"u8, member.Id);
        writer.WriteString("userName"u8, member.Email);
        writer.WriteStartObject("name"u8);
        writer.WriteString("givenName"u8, "N/A"u8);
        writer.WriteString("familyName"u8, "N/A"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("emails"u8);
        writer.WriteStartObject();
        writer.WriteBoolean("primary"u8, true);
        writer.WriteString("value"u8, member.Email);
        writer.WriteString("type"u8, "work"u8);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (organization.AuthProvider is not { IsAzure: true })
        {
            writer.WriteBoolean("active"u8, true);
        }

        WriteMeta(writer, "User"u8);
        writer.WriteString("sentryOrgRole"u8, member.Role.Id);
        writer.WriteEndObject();
    }

    /// <param name="withMembers">Pending and deactivated members are among them.</param>
    public static void WriteGroup(Utf8JsonWriter writer, Team team, bool withMembers)
    {
        writer.WriteStartObject();
        writer.WriteTexts("schemas"u8, ["urn:ietf:params:scim:schemas:core:2.0:Group"]);
        writer.WriteId("id"u8, team.Id);
        writer.WriteString("displayName"u8, team.Name);
        if (withMembers)
        {
            WriteMembers(writer, team);
        }

        WriteMeta(writer, "Group"u8);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Team team)
    {
        writer.WriteStartArray("members"u8);
        foreach (var link in team.Links.Values.Where(link => link.Member.InviteStatus == Member.Approved))
        {
            writer.WriteStartObject();
            writer.WriteId("value"u8, link.Member.Id);
            writer.WriteString("display"u8, link.Member.Email);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, ReadOnlySpan<byte> type)
    {
        writer.WriteStartObject("meta"u8);
        writer.WriteString("resourceType"u8, type);
        writer.WriteEndObject();
    }
}
