using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>An installed integration. The organization's id is a number here, unlike elsewhere.</summary>
internal static class IntegrationJson
{
    public static void Write(Utf8JsonWriter writer, Integration integration, Organization organization)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, integration.Id);
        writer.WriteString("name"u8, integration.Name);
        writer.WriteNull("icon"u8);
        writer.WriteString("domainName"u8, integration.DomainName);
        writer.WriteString("accountType"u8, integration.AccountType);
        if (integration.Scopes is { } scopes)
        {
            writer.WriteTexts("scopes"u8, scopes);
        }
        else
        {
            writer.WriteNull("scopes"u8);
        }

        writer.WriteBoolean("outOfDate"u8, false);
        writer.WriteString("status"u8, integration.Status);
        WriteProvider(writer, integration);
        writer.WriteStartArray("configOrganization"u8);
        writer.WriteEndArray();
        writer.WriteStartObject("configData"u8);
        writer.WriteEndObject();
        writer.WriteString("externalId"u8, $"ext-{integration.Id}");
        writer.WriteNumber("organizationId"u8, organization.Id);
        writer.WriteString("organizationIntegrationStatus"u8, integration.Status);
        writer.WriteNull("gracePeriodEnd"u8);
        writer.WriteEndObject();
    }

    private static void WriteProvider(Utf8JsonWriter writer, Integration integration)
    {
        writer.WriteStartObject("provider"u8);
        writer.WriteString("key"u8, integration.Provider);
        writer.WriteString("slug"u8, integration.Provider);
        writer.WriteString("name"u8, integration.ProviderName);
        writer.WriteBoolean("canAdd"u8, true);
        writer.WriteBoolean("canDisable"u8, integration.CanDisable);
        writer.WriteTexts("features"u8, integration.Features);
        writer.WriteStartObject("aspects"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
