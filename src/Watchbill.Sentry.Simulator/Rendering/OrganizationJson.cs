using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>Organizations: the summary of lists and nestings, and the full form that needs effective <c>org:read</c>.</summary>
internal static class OrganizationJson
{
    private static readonly string[] InSummary = ["isEarlyAdopter", "require2FA", "allowMemberInvite", "allowMemberProjectCreation", "allowSuperuserAccess"];

    public static void WriteSummary(Utf8JsonWriter writer, Organization organization, Call call)
    {
        writer.WriteStartObject();
        WriteSummaryFields(writer, organization, call);
        foreach (var property in SettingsOf(organization).EnumerateObject().Where(property => InSummary.Contains(property.Name)))
        {
            property.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <param name="detailed">Adds all teams and projects.</param>
    public static void WriteFull(Utf8JsonWriter writer, Call call, bool detailed)
    {
        var organization = call.Organization;
        writer.WriteStartObject();
        WriteSummaryFields(writer, organization, call);
        writer.WriteMembersOf(SettingsOf(organization));
        WriteCaller(writer, call);
        writer.WriteScopes("access"u8, call.Access.Scopes);
        writer.WriteNumber("pendingAccessRequests"u8, organization.Requests.Count);
        writer.WriteBoolean("requiresSso"u8, organization.AuthProvider?.RequireLink ?? false);
        RoleJson.WriteOrgRoles(writer, "orgRoleList"u8, organization);
        RoleJson.WriteTeamRoles(writer, "teamRoleList"u8);
        WriteFixed(writer);
        if (detailed)
        {
            WriteTeamsAndProjects(writer, call);
        }

        writer.WriteEndObject();
    }

    private static JsonElement SettingsOf(Organization organization) =>
        JsonSerializer.SerializeToElement(organization.Settings, StateJson.Default.OrganizationSettings);

    private static void WriteSummaryFields(Utf8JsonWriter writer, Organization organization, Call call)
    {
        writer.WriteId("id"u8, organization.Id);
        writer.WriteString("slug"u8, organization.Slug);
        writer.WriteStartObject("status"u8);
        writer.WriteString("id"u8, "active"u8);
        writer.WriteString("name"u8, "active"u8);
        writer.WriteEndObject();
        writer.WriteString("name"u8, organization.Name);
        writer.WriteInstant("dateCreated"u8, organization.DateCreated);
        writer.WriteLetterAvatar("avatar"u8);
        writer.WriteStartObject("links"u8);
        writer.WriteString("organizationUrl"u8, organization.World.RegionUrl(organization.Region));
        writer.WriteString("regionUrl"u8, organization.World.RegionUrl(organization.Region));
        writer.WriteEndObject();
        writer.WriteBoolean("hasAuthProvider"u8, organization.AuthProvider is not null);
        if (call.Flag("include_feature_flags"))
        {
            writer.WriteTexts("features"u8, FeaturesOf(organization));
        }
    }

    private static IEnumerable<string> FeaturesOf(Organization organization)
    {
        IEnumerable<string> derived = organization.Settings.OpenMembership ? ["open-membership"] : [];
        derived = organization.Settings.AllowSharedIssues ? derived.Append("shared-issues") : derived;
        return organization.Features.Concat(derived).Order(StringComparer.Ordinal);
    }

    private static void WriteCaller(Utf8JsonWriter writer, Call call)
    {
        if (call.Access.Member is { } member)
        {
            writer.WriteString("role"u8, member.Role.Id);
            writer.WriteString("orgRole"u8, member.Role.Id);
        }
    }

    private static void WriteFixed(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("onboardingTasks"u8);
        writer.WriteEndArray();
        writer.WriteStartObject("experiments"u8);
        writer.WriteEndObject();
        writer.WriteNull("relayDsnEndpoint"u8);
        writer.WriteFalse("isDefault", "isDynamicallySampled", "autoOpenPrs", "autoEnableCodeReview", "defaultSeerScannerAutomation", "enableSeerCoding");
        writer.WriteBoolean("issueAlertsThreadFlag"u8, true);
        writer.WriteBoolean("metricAlertsThreadFlag"u8, true);
        writer.WriteString("defaultAutofixAutomationTuning"u8, "off"u8);
        writer.WriteString("defaultCodingAgent"u8, "seer"u8);
        writer.WriteNull("defaultCodingAgentIntegrationId"u8);
        writer.WriteString("defaultAutomatedRunStoppingPoint"u8, "code_changes"u8);
        writer.WriteTexts("defaultCodeReviewTriggers"u8, []);
    }

    private static void WriteTeamsAndProjects(Utf8JsonWriter writer, Call call)
    {
        writer.WriteStartArray("teams"u8);
        foreach (var team in call.Organization.TeamRows.InSlugOrder)
        {
            TeamJson.Write(writer, team, call);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("projects"u8);
        foreach (var project in call.Organization.ProjectRows.InSlugOrder)
        {
            ProjectJson.WriteSummary(writer, project, call);
        }

        writer.WriteEndArray();
    }
}
