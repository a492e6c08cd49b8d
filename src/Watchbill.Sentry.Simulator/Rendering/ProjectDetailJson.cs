using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>One project with its settings. Holds a secret (<c>securityToken</c>) in plain text, as Sentry's answer does.</summary>
internal static class ProjectDetailJson
{
    public static void Write(Utf8JsonWriter writer, Project project, Call call)
    {
        writer.WriteStartObject();
        ProjectJson.WriteFields(writer, project, call);
        ProjectJson.WriteState(writer);
        ProjectJson.WriteTeams(writer, project, withNull: false);
        WriteSettings(writer, project);
        WriteFixed(writer, project);
        WriteProcessing(writer);
        writer.WritePropertyName("organization"u8);
        OrganizationJson.WriteSummary(writer, call.Organization, call);
        writer.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter writer, Project project)
    {
        var settings = JsonSerializer.SerializeToElement(project.Settings, StateJson.Default.ProjectSettings);
        foreach (var property in settings.EnumerateObject())
        {
            if (!property.NameEquals("isBookmarked"u8))
            {
                property.WriteTo(writer);
            }
        }
    }

    private static void WriteFixed(Utf8JsonWriter writer, Project project)
    {
        var token = project.ClientKeys is [var key, ..] ? key.SecretKey : "";
        writer.WriteString("securityToken"u8, token);
        writer.WriteStartObject("options"u8);
        writer.WriteString("sentry:token"u8, token);
        writer.WriteNumber("sentry:resolve_age"u8, project.Settings.ResolveAge);
        writer.WriteEndObject();
        writer.WriteTexts("platforms"u8, project.Platform is { } platform ? [platform] : []);
        writer.WriteNull("latestRelease"u8);
        writer.WriteNumber("processingIssues"u8, 0);
        writer.WriteTexts("builtinSymbolSources"u8, ["ios", "microsoft"]);
        writer.WriteString("symbolSources"u8, "[]"u8);
        writer.WriteNull("dynamicSamplingBiases"u8);
        writer.WriteFalse("isDynamicallySampled", "tempestFetchScreenshots", "seerScannerAutomation");
        writer.WriteString("autofixAutomationTuning"u8, "off"u8);
        writer.WriteNull("seerNightshiftTweaks"u8);
    }

    private static void WriteProcessing(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("highlightContext"u8);
        writer.WriteEndObject();
        writer.WriteStartObject("highlightPreset"u8);
        writer.WriteTexts("tags"u8, []);
        writer.WriteStartObject("context"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("groupingConfig"u8, "newstyle:2023-01-11"u8);
        writer.WriteString("derivedGroupingEnhancements"u8, ""u8);
        writer.WriteString("groupingEnhancements"u8, ""u8);
        writer.WriteNumber("secondaryGroupingExpiry"u8, 0);
        writer.WriteNull("secondaryGroupingConfig"u8);
        writer.WriteString("fingerprintingRules"u8, ""u8);
    }
}
