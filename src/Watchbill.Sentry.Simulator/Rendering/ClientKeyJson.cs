using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>A client key with all its addresses. Secrets are in it, as in Sentry's answer.</summary>
internal static class ClientKeyJson
{
    public static void Write(Utf8JsonWriter writer, ClientKey key, Organization organization)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, key.PublicKey);
        writer.WriteString("name"u8, key.Label);
        writer.WriteString("label"u8, key.Label);
        writer.WriteString("public"u8, key.PublicKey);
        writer.WriteString("secret"u8, key.SecretKey);
        writer.WriteNumber("projectId"u8, key.Project.Id);
        writer.WriteBoolean("isActive"u8, key.IsActive);
        WriteLimit(writer, key);
        WriteAddresses(writer, key, $"https://o{organization.Id}.ingest.example.com");
        writer.WriteString("browserSdkVersion"u8, "7.x"u8);
        writer.WritePropertyName("browserSdk"u8);
        writer.WriteRawValue("""{"choices":[["latest","latest"],["7.x","7.x"]]}"""u8);
        writer.WriteInstant("dateCreated"u8, key.DateCreated);
        writer.WritePropertyName("dynamicSdkLoaderOptions"u8);
        writer.WriteRawValue("""{"hasReplay":true,"hasPerformance":true,"hasDebug":false,"hasFeedback":false,"hasLogsAndMetrics":false}"""u8);
        writer.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter writer, ClientKey key)
    {
        if (key.RateLimit is not { } limit)
        {
            writer.WriteNull("rateLimit"u8);
            return;
        }

        writer.WriteStartObject("rateLimit"u8);
        writer.WriteNumber("window"u8, limit.Window);
        writer.WriteNumber("count"u8, limit.Count);
        writer.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter writer, ClientKey key, string ingest)
    {
        var (host, project, query) = (ingest["https://".Length..], key.Project.Id, "?sentry_key=" + key.PublicKey);
        writer.WriteStartObject("dsn"u8);
        writer.WriteString("secret"u8, $"https://{key.PublicKey}:{key.SecretKey}@{host}/{project}");
        writer.WriteString("public"u8, $"https://{key.PublicKey}@{host}/{project}");
        writer.WriteString("csp"u8, $"{ingest}/api/{project}/csp-report/{query}");
        foreach (var name in (ReadOnlySpan<string>)["security", "minidump", "nel", "playstation"])
        {
            writer.WriteString(name, $"{ingest}/api/{project}/{name}/{query}");
        }

        writer.WriteString("unreal"u8, $"{ingest}/api/{project}/unreal/{key.PublicKey}/");
        writer.WriteString("crons"u8, $"{ingest}/api/{project}/cron/___MONITOR_SLUG___/{key.PublicKey}/");
        writer.WriteString("cdn"u8, $"https://js.example.com/{key.PublicKey}.min.js");
        writer.WriteString("integration"u8, $"{ingest}/api/{project}/integration/");
        writer.WriteString("otlp_traces"u8, $"{ingest}/api/{project}/integration/otlp/v1/traces");
        writer.WriteString("otlp_logs"u8, $"{ingest}/api/{project}/integration/otlp/v1/logs");
        writer.WriteEndObject();
    }
}
