using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>Member rows: in the list, on a team, and one in detail. The list's <c>user</c> has no <c>emails</c>, whatever the document says.</summary>
internal static class MemberJson
{
    public static void WriteRow(Utf8JsonWriter writer, Member member)
    {
        writer.WriteStartObject();
        WriteFields(writer, member);
        WritePlainUser(writer, member);
        writer.WriteEndObject();
    }

    /// <summary>The row plus the stored team role and the team's slug.</summary>
    public static void WriteOnTeam(Utf8JsonWriter writer, Membership link)
    {
        writer.WriteStartObject();
        WriteFields(writer, link.Member);
        WritePlainUser(writer, link.Member);
        writer.WriteString("teamRole"u8, link.Role);
        writer.WriteString("teamSlug"u8, link.Team.Slug);
        writer.WriteEndObject();
    }

    /// <summary>The row plus the slugs of the projects reached through teams.</summary>
    public static void WriteWithProjects(Utf8JsonWriter writer, Member member, IEnumerable<string> projects)
    {
        writer.WriteStartObject();
        WriteFields(writer, member);
        WritePlainUser(writer, member);
        writer.WriteTexts("projects"u8, projects);
        writer.WriteEndObject();
    }

    /// <summary>One member with teams and role lists.</summary>
    /// <param name="mayManage">Adds the invitation link and the richer user, as for callers with member:admin.</param>
    public static void WriteDetail(Utf8JsonWriter writer, Organization organization, Member member, bool mayManage)
    {
        writer.WriteStartObject();
        WriteFields(writer, member);
        if (mayManage && member.User is { } user)
        {
            writer.WritePropertyName("user"u8);
            UserJson.WriteDetailed(writer, user, organization, member.Flags.HasFlag(MemberFlags.SsoLinked));
        }
        else
        {
            WritePlainUser(writer, member);
        }

        if (mayManage)
        {
            writer.WriteString("invite_link"u8, member.IsPending ? $"{organization.World.ControlUrl}/accept/{member.Id}/simulated/" : null);
        }

        WriteTeams(writer, member);
        writer.WriteBoolean("isOnlyOwner"u8, IsOnlyOwner(organization, member));
        RoleJson.WriteOrgRoles(writer, "orgRoleList"u8, organization);
        RoleJson.WriteOrgRoles(writer, "roles"u8, organization);
        RoleJson.WriteTeamRoles(writer, "teamRoleList"u8);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, Member member)
    {
        writer.WriteId("id"u8, member.Id);
        writer.WriteString("email"u8, member.Email);
        writer.WriteString("name"u8, member.DisplayName);
        writer.WriteString("orgRole"u8, member.Role.Id);
        writer.WriteString("role"u8, member.Role.Id);
        writer.WriteString("roleName"u8, member.Role.Name);
        writer.WriteBoolean("pending"u8, member.IsPending);
        writer.WriteBoolean("expired"u8, member.IsExpired);
        WriteFlags(writer, member.Flags);
        writer.WriteInstant("dateCreated"u8, member.DateCreated);
        writer.WriteString("inviteStatus"u8, member.InviteStatus);
        writer.WriteString("inviterName"u8, member.Inviter?.Name);
    }

    private static void WriteFlags(Utf8JsonWriter writer, MemberFlags flags)
    {
        writer.WriteStartObject("flags"u8);
        writer.WriteBoolean("idp:provisioned"u8, flags.HasFlag(MemberFlags.IdpProvisioned));
        writer.WriteBoolean("idp:role-restricted"u8, flags.HasFlag(MemberFlags.IdpRoleRestricted));
        writer.WriteBoolean("sso:linked"u8, flags.HasFlag(MemberFlags.SsoLinked));
        writer.WriteBoolean("sso:invalid"u8, flags.HasFlag(MemberFlags.SsoInvalid));
        writer.WriteBoolean("member-limit:restricted"u8, flags.HasFlag(MemberFlags.OverMemberLimit));
        writer.WriteBoolean("partnership:restricted"u8, flags.HasFlag(MemberFlags.PartnershipRestricted));
        writer.WriteEndObject();
    }

    private static void WritePlainUser(Utf8JsonWriter writer, Member member)
    {
        writer.WritePropertyName("user"u8);
        if (member.User is { } user)
        {
            UserJson.Write(writer, user);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteTeams(Utf8JsonWriter writer, Member member)
    {
        writer.WriteTexts("teams"u8, member.TeamLinks.Select(link => link.Team.Slug));
        writer.WriteStartArray("teamRoles"u8);
        foreach (var link in member.TeamLinks)
        {
            writer.WriteStartObject();
            writer.WriteString("teamSlug"u8, link.Team.Slug);
            writer.WriteString("role"u8, link.Role);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool IsOnlyOwner(Organization organization, Member member) =>
        member.Role == OrgRole.Owner && !organization.MemberRows.Listed.Any(other => other.Role == OrgRole.Owner && !other.IsPending && other != member);
}
