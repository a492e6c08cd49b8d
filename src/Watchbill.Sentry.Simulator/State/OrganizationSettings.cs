using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>The settings of an organization that a change request may set, under the names of Sentry's API.</summary>
public sealed record OrganizationSettings
{
    public bool IsEarlyAdopter { get; init; }

    [JsonPropertyName("require2FA")]
    public bool Require2Fa { get; init; }

    public bool AllowMemberInvite { get; init; } = true;

    public bool AllowMemberProjectCreation { get; init; } = true;

    public bool AllowSuperuserAccess { get; init; }

    /// <summary>True lets every member reach every project and join every team.</summary>
    public bool OpenMembership { get; init; } = true;

    public bool AllowSharedIssues { get; init; } = true;

    public bool EnhancedPrivacy { get; init; }

    public bool DataScrubber { get; init; }

    public bool DataScrubberDefaults { get; init; }

    public IReadOnlyList<string> SensitiveFields { get; init; } = [];

    public IReadOnlyList<string> SafeFields { get; init; } = [];

    public int StoreCrashReports { get; init; }

    public string AttachmentsRole { get; init; } = "member";

    public string DebugFilesRole { get; init; } = "admin";

    /// <summary>False takes <c>event:admin</c> from the role member.</summary>
    public bool EventsMemberAdmin { get; init; } = true;

    /// <summary>False takes <c>alerts:write</c> from the role member.</summary>
    public bool AlertsMemberWrite { get; init; } = true;

    [JsonPropertyName("scrubIPAddresses")]
    public bool ScrubIpAddresses { get; init; }

    public bool ScrapeJavaScript { get; init; } = true;

    public bool AllowJoinRequests { get; init; } = true;

    /// <summary>JSON as text, or null.</summary>
    public string? RelayPiiConfig { get; init; }

    public string DefaultRole { get; init; } = "member";

    public IReadOnlyList<TrustedRelay> TrustedRelays { get; init; } = [];

    public bool HideAiFeatures { get; init; }

    public bool AggregatedDataConsent { get; init; }
}

/// <summary>A relay that may ask for project settings.</summary>
public sealed record TrustedRelay(string Name, string Description, string PublicKey, DateTimeOffset Created, DateTimeOffset LastModified);
