using System.Text.Json;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

internal static class DeployJson
{
    public static void Write(Utf8JsonWriter writer, Deploy deploy)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, deploy.Id);
        writer.WriteString("environment"u8, deploy.Environment);
        writer.WriteInstant("dateStarted"u8, deploy.DateStarted);
        writer.WriteInstant("dateFinished"u8, deploy.DateFinished);
        writer.WriteString("name"u8, deploy.Name);
        writer.WriteString("url"u8, deploy.Url);
        writer.WriteEndObject();
    }
}
