using System.Text.Json.Serialization;

namespace Watchbill.Compliance.Postures;

/// <summary>Settings of the organization beside access, as the sync keeps them. Null never means "off": Sentry did not tell.</summary>
internal sealed record OrganizationSettings
{
    public bool? EnhancedPrivacy { get; init; }

    public bool? DataScrubber { get; init; }

    public bool? DataScrubberDefaults { get; init; }

    [JsonPropertyName("scrubIPAddresses")]
    public bool? ScrubIpAddresses { get; init; }

    public IReadOnlyList<string>? SensitiveFields { get; init; }

    public IReadOnlyList<string>? SafeFields { get; init; }

    public int? StoreCrashReports { get; init; }

    public string? AttachmentsRole { get; init; }

    public string? DebugFilesRole { get; init; }

    public bool? IsEarlyAdopter { get; init; }

    public bool? HideAiFeatures { get; init; }

    [JsonPropertyName("genAIConsent")]
    public bool? GenAiConsent { get; init; }

    public bool? AggregatedDataConsent { get; init; }

    public IReadOnlyList<string>? TrustedRelays { get; init; }

    /// <summary>What the connector's token may do, as Sentry says.</summary>
    public IReadOnlyList<string>? TokenScopes { get; init; }
}
