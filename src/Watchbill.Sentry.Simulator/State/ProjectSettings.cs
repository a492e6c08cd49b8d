using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>The settings of a project that a change request may set, under the names of Sentry's API.</summary>
public sealed record ProjectSettings
{
    public bool DataScrubber { get; init; } = true;

    public bool DataScrubberDefaults { get; init; } = true;

    [JsonPropertyName("scrubIPAddresses")]
    public bool ScrubIpAddresses { get; init; }

    public bool ScrapeJavaScript { get; init; } = true;

    [JsonPropertyName("verifySSL")]
    public bool VerifySsl { get; init; } = true;

    public IReadOnlyList<string> SensitiveFields { get; init; } = [];

    public IReadOnlyList<string> SafeFields { get; init; } = [];

    public IReadOnlyList<string> AllowedDomains { get; init; } = ["*"];

    /// <summary>Null takes the organization's value.</summary>
    public int? StoreCrashReports { get; init; }

    public string? SecurityTokenHeader { get; init; }

    /// <summary>JSON as text, or null.</summary>
    public string? RelayPiiConfig { get; init; }

    /// <summary>Hours until an unseen issue resolves itself; 0 is never.</summary>
    public int ResolveAge { get; init; }

    public string? DefaultEnvironment { get; init; }

    public string? DebugFilesRole { get; init; }

    public bool IsBookmarked { get; init; }

    public string SubjectPrefix { get; init; } = "";

    public string SubjectTemplate { get; init; } = "$shortID - $title";

    public int DigestsMinDelay { get; init; } = 300;

    public int DigestsMaxDelay { get; init; } = 1800;

    public bool EnableAutoReleaseCreation { get; init; }

    public bool ScmSourceContextEnabled { get; init; } = true;

    public IReadOnlyList<string> HighlightTags { get; init; } = ["handled", "level"];
}
