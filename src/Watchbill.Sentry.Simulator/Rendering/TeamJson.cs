using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>Team rows. Half of their fields describe the caller, not the team.</summary>
internal static class TeamJson
{
    public static void Write(Utf8JsonWriter writer, Team team, Call call)
    {
        writer.WriteStartObject();
        WriteFields(writer, team, call);
        writer.WriteEndObject();
    }

    /// <summary>With the team's projects, as the default form of the list and <c>expand=projects</c> have them.</summary>
    public static void WriteExpanded(Utf8JsonWriter writer, Team team, Call call)
    {
        writer.WriteStartObject();
        WriteFields(writer, team, call);
        WriteProjects(writer, team, call);
        writer.WriteEndObject();
    }

    public static void WriteDetail(Utf8JsonWriter writer, Team team, Call call)
    {
        writer.WriteStartObject();
        WriteFields(writer, team, call);
        if (!call.Query["collapse"].Contains("organization"))
        {
            writer.WritePropertyName("organization"u8);
            OrganizationJson.WriteSummary(writer, call.Organization, call);
        }

        if (call.Query["expand"].ToString().Contains("projects", StringComparison.Ordinal))
        {
            WriteProjects(writer, team, call);
        }

        writer.WriteEndObject();
    }

    /// <summary>The short form inside projects.</summary>
    public static void WriteReference(Utf8JsonWriter writer, Team team)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, team.Id);
        writer.WriteString("name"u8, team.Name);
        writer.WriteString("slug"u8, team.Slug);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, Team team, Call call)
    {
        var (access, link) = (call.Access, call.Access.On(team));
        writer.WriteId("id"u8, team.Id);
        writer.WriteString("slug"u8, team.Slug);
        writer.WriteString("name"u8, team.Name);
        writer.WriteInstant("dateCreated"u8, team.DateCreated);
        writer.WriteBoolean("isMember"u8, access.IsOn(team));
        writer.WriteString("teamRole"u8, link is null ? null : Permissions.TeamRole.Effective(link.Role, link.Member.Role).Id);
        writer.WriteStartObject("flags"u8);
        writer.WriteBoolean("idp:provisioned"u8, team.IsIdpProvisioned);
        writer.WriteEndObject();
        writer.WriteScopes("access"u8, access.OnTeam(team));
        writer.WriteBoolean("hasAccess"u8, access.CanReach(team));
        writer.WriteBoolean("isPending"u8, call.Organization.Requests.Exists(request => request.Member == access.Member && request.Team == team));
        writer.WriteNumber("memberCount"u8, call.Caller.User is null ? 0 : team.MemberCount);
        writer.WriteLetterAvatar("avatar"u8);
    }

    private static void WriteProjects(Utf8JsonWriter writer, Team team, Call call)
    {
        writer.WriteStartArray("externalTeams"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("projects"u8);
        foreach (var project in team.OwnedProjects)
        {
            ProjectJson.WriteInTeam(writer, project, call);
        }

        writer.WriteEndArray();
    }
}
