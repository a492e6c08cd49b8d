using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>
/// The life of a connector. It starts NotConnected; a sync run moves it to Syncing and then to Connected, Degraded, Failed or
/// NeedsConfirmation; a person pauses and resumes it. It never ends by itself.
/// </summary>
public enum ConnectorState
{
    /// <summary>Saved, but no run has read anything yet, or it has no credentials.</summary>
    NotConnected,

    /// <summary>A run is reading now.</summary>
    Syncing,

    /// <summary>The last run read every scope completely.</summary>
    Connected,

    /// <summary>The last run read something, but some scopes are stale; the reason names them.</summary>
    Degraded,

    /// <summary>The last run could not read the organization; the reason says why.</summary>
    Failed,

    /// <summary>Somebody paused it; no run starts until it is resumed.</summary>
    Paused,

    /// <summary>A complete read would close so many facts that somebody must confirm or reject it first.</summary>
    NeedsConfirmation,
}

/// <summary>A configured connection to one Sentry organization. Never holds the token itself.</summary>
public sealed record Connector
{
    /// <summary>Identifies it.</summary>
    public required ConnectorId Id { get; init; }

    /// <summary>The name people gave it; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The application it stands for in the directory of applications; null when none was named.</summary>
    public string? Application { get; init; }

    /// <summary>Where Sentry is, for example <c>https://sentry.io/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The organization's slug as configured.</summary>
    public required string OrganizationSlug { get; init; }

    /// <summary>Sentry's id of the organization; null before it was found.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Which kind of token it uses, in words; null when it has none yet.</summary>
    public string? TokenKind { get; init; }

    /// <summary>The last four characters of the token, to tell tokens apart; null when it has none yet.</summary>
    public string? TokenLastFour { get; init; }

    /// <summary>How much of Sentry's rate limit it may use, above 0 up to 1.</summary>
    public required double BudgetShare { get; init; }

    /// <summary>Whether loopback and private address ranges may be called (a Sentry in one's own network).</summary>
    public required bool AllowPrivateNetworks { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ConnectorState State { get; init; }

    /// <summary>Why it is in that state, in one sentence; null when the state says it all.</summary>
    public string? StateReason { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>How many runs in a row have failed.</summary>
    public int FailedRuns { get; init; }

    /// <summary>Grows with every edit; whoever edits names the version they saw.</summary>
    public long Version { get; init; } = 1;

    /// <summary>When a server reads it by itself.</summary>
    public SyncSchedule Schedule { get; init; } = SyncSchedule.Manual;

    /// <summary>When it was saved first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when Watchbill may change something in Sentry; null while it may not.</summary>
    public DateTimeOffset? WritesSince { get; init; }

    /// <summary>Which kind of token changes are made with, in words; null when it is the one that reads.</summary>
    public string? WriteTokenKind { get; init; }

    /// <summary>The last four characters of that token; null as above.</summary>
    public string? WriteTokenLastFour { get; init; }

    /// <summary>What its credentials cannot see, a sentence each; part of every report.</summary>
    public IReadOnlyList<string> BlindSpots { get; init; } = [];
}
