using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>Applications and their installations. The client secret is masked.</summary>
internal static class SentryAppJson
{
    public static void Write(Utf8JsonWriter writer, SentryApp app, Organization organization)
    {
        writer.WriteStartObject();
        writer.WriteString("uuid"u8, app.Uuid);
        writer.WriteString("slug"u8, app.Slug);
        writer.WriteString("name"u8, app.Name);
        writer.WriteString("author"u8, organization.Name);
        writer.WriteString("status"u8, app.Status);
        writer.WriteScopes("scopes"u8, app.Scopes);
        writer.WriteTexts("events"u8, app.Events);
        writer.WriteTexts("webhookEvents"u8, []);
        writer.WriteString("webhookUrl"u8, app.WebhookUrl);
        WriteFixed(writer, app);
        writer.WriteStartObject("owner"u8);
        writer.WriteNumber("id"u8, organization.Id);
        writer.WriteString("slug"u8, organization.Slug);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteInstallation(Utf8JsonWriter writer, SentryApp app, Organization organization)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("app"u8);
        writer.WriteString("uuid"u8, app.Uuid);
        writer.WriteString("slug"u8, app.Slug);
        writer.WriteNumber("sentryAppId"u8, app.Id);
        writer.WriteEndObject();
        writer.WriteStartObject("organization"u8);
        writer.WriteString("slug"u8, organization.Slug);
        writer.WriteEndObject();
        writer.WriteString("uuid"u8, app.InstallationUuid);
        writer.WriteString("status"u8, "installed"u8);
        writer.WriteEndObject();
    }

    private static void WriteFixed(Utf8JsonWriter writer, SentryApp app)
    {
        foreach (var name in (ReadOnlySpan<string>)["allowedOrigins", "avatars", "featureData", "webhookHeaders"])
        {
            writer.WriteStartArray(name);
            writer.WriteEndArray();
        }

        writer.WriteBoolean("isAlertable"u8, false);
        writer.WriteBoolean("isDisabled"u8, app.IsDisabled);
        writer.WriteBoolean("verifyInstall"u8, app.Status != SentryApp.Internal);
        writer.WriteString("metadata"u8, ""u8);
        writer.WriteString("schema"u8, ""u8);
        writer.WriteNull("overview"u8);
        writer.WriteNumber("popularity"u8, 0);
        writer.WriteNull("redirectUrl"u8);
        writer.WriteString("clientId"u8, app.Uuid.ToString("N"));
        writer.WriteString("clientSecret"u8, "**********"u8);
    }
}
