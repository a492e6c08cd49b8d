using Watchbill.Kernel;

namespace Watchbill.Requests.Drifts;

/// <summary>In what way access differs from what was granted.</summary>
public enum DriftKind
{
    /// <summary>Access that had ended, and was proven to be gone, is there again.</summary>
    CameBack,

    /// <summary>Somebody took away in Sentry what was granted.</summary>
    RemovedOutside,

    /// <summary>Somebody made something else of it in Sentry.</summary>
    ChangedOutside,
}

/// <summary>What became of a drift.</summary>
public enum DriftState
{
    /// <summary>Somebody must say what to do.</summary>
    Open,

    /// <summary>It may stay, or may stay until an end.</summary>
    Accepted,

    /// <summary>It is being put back, or was.</summary>
    Removed,

    /// <summary>It is not there any more, or there was nothing to decide.</summary>
    Gone,
}

/// <summary>Access in Sentry that differs from what was granted.</summary>
public sealed record AccessDrift
{
    /// <summary>Identifies it.</summary>
    public AccessDriftId Id { get; init; }

    /// <summary>In which organization.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>The grant that it differs from.</summary>
    public required TemporaryGrant Grant { get; init; }

    /// <summary>The request that the grant comes from.</summary>
    public required AccessRequest Request { get; init; }

    /// <summary>In what way.</summary>
    public DriftKind Kind { get; init; }

    /// <summary>What became of it.</summary>
    public DriftState State { get; init; }

    /// <summary>The role that Sentry shows; null for none.</summary>
    public string? FoundRole { get; init; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>Who did it, as Sentry's audit log names them; null when no line of it tells.</summary>
    public string? LoggedActor { get; init; }

    /// <summary>When they did it, by that line; null when none tells.</summary>
    public DateTimeOffset? LoggedAt { get; init; }

    /// <summary>Why it was decided as it was; null before.</summary>
    public string? Reason { get; init; }

    /// <summary>Who decided; null before, and at the command line.</summary>
    public AccountId? DecidedBy { get; init; }

    /// <summary>When; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}
