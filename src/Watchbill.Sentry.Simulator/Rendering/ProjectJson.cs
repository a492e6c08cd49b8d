using System.Text;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>Project rows: in lists, inside a team, and after a change of teams. The detail is in <see cref="ProjectDetailJson"/>.</summary>
internal static class ProjectJson
{
    // Nothing in the simulator sets these; they are written as one piece because a page holds thousands of them.
    private static readonly byte[] Capabilities = Encoding.UTF8.GetBytes("false," + string.Join(',', new[]
    {
        "hasFeedbacks", "hasFlags", "hasMinifiedStackTrace", "hasMonitors", "hasNewFeedbacks", "hasProfiles", "hasReplays", "hasSessions",
        "hasInsightsHttp", "hasInsightsDb", "hasInsightsAssets", "hasInsightsAppStart", "hasInsightsScreenLoad", "hasInsightsVitals",
        "hasInsightsCaches", "hasInsightsQueues", "hasInsightsAgentMonitoring", "hasInsightsMCP", "hasLogs",
    }.Select(name => $"\"{name}\":false")));

    /// <summary>The summary row of listings.</summary>
    public static void WriteSummary(Utf8JsonWriter writer, Project project, Call call)
    {
        writer.WriteStartObject();
        WriteFields(writer, project, call);
        WriteTeams(writer, project, withNull: true);
        writer.WriteTexts("platforms"u8, project.Platform is { } platform ? [platform] : []);
        writer.WriteBoolean("hasUserReports"u8, false);
        writer.WriteTexts("environments"u8, project.HasFirstEvent ? ["production", "staging"] : []);
        writer.WriteNull("latestRelease"u8);
        writer.WriteEndObject();
    }

    /// <summary>Without teams, as nested in a team.</summary>
    public static void WriteInTeam(Utf8JsonWriter writer, Project project, Call call)
    {
        writer.WriteStartObject();
        WriteFields(writer, project, call);
        WriteState(writer);
        writer.WriteEndObject();
    }

    /// <summary>With teams, as answered when a team was added or taken away.</summary>
    public static void WriteWithTeams(Utf8JsonWriter writer, Project project, Call call)
    {
        writer.WriteStartObject();
        WriteFields(writer, project, call);
        WriteState(writer);
        WriteTeams(writer, project, withNull: false);
        writer.WriteEndObject();
    }

    internal static void WriteFields(Utf8JsonWriter writer, Project project, Call call)
    {
        var access = call.Access;
        writer.WriteId("id"u8, project.Id);
        writer.WriteString("slug"u8, project.Slug);
        writer.WriteString("name"u8, project.Name);
        writer.WriteString("platform"u8, project.Platform);
        writer.WriteInstant("dateCreated"u8, project.DateCreated);
        writer.WriteBoolean("isBookmarked"u8, project.Settings.IsBookmarked);
        writer.WriteBoolean("isMember"u8, project.OwningTeams.Exists(access.IsOn));
        writer.WriteTexts("features"u8, ["alert-filters", "releases"]);
        writer.WriteInstant("firstEvent"u8, project.HasFirstEvent ? project.DateCreated.AddHours(3) : null);
        writer.WriteBoolean("firstTransactionEvent"u8, false);
        writer.WriteScopes("access"u8, access.OnProject(project));
        writer.WriteBoolean("hasAccess"u8, access.CanReach(project));
        WriteCapabilities(writer);
    }

    internal static void WriteState(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("isInternal"u8, false);
        writer.WriteBoolean("isPublic"u8, false);
        writer.WriteLetterAvatar("avatar"u8);
        writer.WriteString("color"u8, "#3f70bf"u8);
        writer.WriteString("status"u8, "active"u8);
    }

    /// <summary>The legacy single <c>team</c> (the first; <c>null</c> or left out when there is none) and all <c>teams</c>.</summary>
    internal static void WriteTeams(Utf8JsonWriter writer, Project project, bool withNull)
    {
        if (project.OwningTeams is [var first, ..])
        {
            writer.WritePropertyName("team"u8);
            TeamJson.WriteReference(writer, first);
        }
        else if (withNull)
        {
            writer.WriteNull("team"u8);
        }

        writer.WriteStartArray("teams"u8);
        foreach (var team in project.OwningTeams)
        {
            TeamJson.WriteReference(writer, team);
        }

        writer.WriteEndArray();
    }

    // A raw value may be any text once validation is off: it closes the last member's value and brings further ones.
    private static void WriteCapabilities(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("hasTraceMetrics"u8);
        writer.WriteRawValue(Capabilities, skipInputValidation: true);
    }
}
