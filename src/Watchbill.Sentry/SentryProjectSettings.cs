using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Sentry;

/// <summary>The settings of a project. Its secrets and the text of its scrubbing rules are left out. What a server does not tell is null.</summary>
public sealed record SentryProjectSettings
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    /// <summary>The owning teams, possibly none; null when the server did not say.</summary>
    public IReadOnlyList<SentryTeamReference>? Teams { get; init; }

    public string? Platform { get; init; }

    /// <summary>active, or why it is not.</summary>
    public string? Status { get; init; }

    public bool? IsPublic { get; init; }

    public bool? DataScrubber { get; init; }

    public bool? DataScrubberDefaults { get; init; }

    [JsonPropertyName("scrubIPAddresses")]
    public bool? ScrubsIpAddresses { get; init; }

    public bool? ScrapeJavaScript { get; init; }

    [JsonPropertyName("verifySSL")]
    public bool? VerifiesTls { get; init; }

    public IReadOnlyList<string>? SensitiveFields { get; init; }

    public IReadOnlyList<string>? SafeFields { get; init; }

    public IReadOnlyList<string>? AllowedDomains { get; init; }

    /// <summary>How many are kept of each issue; -1 for all, null for what the organization says.</summary>
    public int? StoreCrashReports { get; init; }

    /// <summary>Issues without events are resolved after so many hours; 0 for never.</summary>
    public int? ResolveAge { get; init; }

    public string? DefaultEnvironment { get; init; }

    /// <summary>The few options that are read; null when Sentry told none.</summary>
    public SentryProjectOptions? Options { get; init; }
}

/// <summary>A filter for what is dropped before it counts.</summary>
public sealed record SentryInboundFilter : IKeyed
{
    public required string Id { get; init; }

    /// <summary>Yes, no, or a list of what it applies to.</summary>
    public JsonElement Active { get; init; }

    /// <summary>Whether it drops anything.</summary>
    [JsonIgnore]
    public bool IsActive => Active.ValueKind is JsonValueKind.True || (Active.ValueKind is JsonValueKind.Array && Active.GetArrayLength() > 0);

    string IKeyed.Key => Id;
}

/// <summary>The rules that say who owns the issues of a project. Their text is read only to tell whether there is any: it names people.</summary>
public sealed record SentryOwnershipRules
{
    /// <summary>Null or blank when there are none.</summary>
    public string? Raw { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>How issues are assigned by them, in Sentry's words.</summary>
    public string? AutoAssignment { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }
}

/// <summary>An address that is told of a project's events. Its secret is left out.</summary>
public sealed record SentryServiceHook : IKeyed
{
    public required string Id { get; init; }

    /// <summary>May hold a secret in its path or query: keep the host only.</summary>
    public string? Url { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string>? Events { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>What inbound filters of the project's own drop. The answer holds secrets beside them, which are not read.</summary>
public sealed record SentryProjectOptions
{
    /// <summary>Messages of errors to drop, one pattern on each line.</summary>
    [JsonPropertyName("filters:error_messages")]
    public string? ErrorMessages { get; init; }

    /// <summary>Releases whose events are dropped, one pattern on each line.</summary>
    [JsonPropertyName("filters:releases")]
    public string? Releases { get; init; }

    /// <summary>Networks whose events are dropped, one on each line.</summary>
    [JsonPropertyName("filters:blacklisted_ips")]
    public string? Networks { get; init; }
}
