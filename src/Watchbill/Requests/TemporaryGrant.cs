using Watchbill.Kernel;

namespace Watchbill.Requests;

/// <summary>Where a grant is in its life.</summary>
public enum GrantState
{
    /// <summary>Its time has not come.</summary>
    Scheduled,

    /// <summary>It is to be there; <see cref="GrantProvisioning"/> tells whether it is.</summary>
    Active,

    /// <summary>It is to be there no more; <see cref="GrantProvisioning"/> tells whether it is gone.</summary>
    Ended,
}

/// <summary>What was made of a grant in Sentry.</summary>
public enum GrantProvisioning
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>The access is being given.</summary>
    Granting,

    /// <summary>The access is there: Sentry was read back.</summary>
    Granted,

    /// <summary>The access could not be given; a person must look.</summary>
    GrantFailed,

    /// <summary>The access is being taken back.</summary>
    Revoking,

    /// <summary>What was before is there again: Sentry was read back, or there was nothing to take back.</summary>
    Revoked,

    /// <summary>The access could not be taken back yet: it is tried again every hour, without end, and a person must look.</summary>
    RevokeFailed,
}

/// <summary>Why a grant ended.</summary>
public enum GrantEnding
{
    /// <summary>Its time was up.</summary>
    Expired,

    /// <summary>Somebody who may change access ended it.</summary>
    Revoked,

    /// <summary>Who had it gave it back.</summary>
    GivenBack,

    /// <summary>Something else took its place: it was changed in Sentry, or the source was removed.</summary>
    Superseded,
}

/// <summary>Access that ends by itself, and what was there before it.</summary>
public sealed record TemporaryGrant
{
    /// <summary>Identifies it.</summary>
    public TemporaryGrantId Id { get; init; }

    /// <summary>In which organization.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>The request that it comes from.</summary>
    public AccessRequestId Request { get; init; }

    /// <summary>Who asked; null at the command line.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Who has it: Sentry's member id.</summary>
    public required string Member { get; init; }

    /// <summary>What it gives.</summary>
    public required AccessTarget Target { get; init; }

    /// <summary>From when.</summary>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when; null for without an end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Where it is in its life.</summary>
    public GrantState State { get; init; }

    /// <summary>What was made of it in Sentry.</summary>
    public GrantProvisioning Provisioning { get; init; }

    /// <summary>Whether it is known what was there before.</summary>
    public bool IsBeforeKnown { get; init; }

    /// <summary>The role that was there before, on the team or in the organization; null for none, or not known.</summary>
    public string? BeforeRole { get; init; }

    /// <summary>The role that Sentry showed when the access was proven; null before.</summary>
    public string? HeldRole { get; init; }

    /// <summary>The newest change in Sentry that was made for it; null for none.</summary>
    public ProvisioningTaskId? Task { get; init; }

    /// <summary>When the access was proven; null before.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Why it ended; null before.</summary>
    public GrantEnding? Ending { get; init; }

    /// <summary>The reason that was given for ending it; null for none.</summary>
    public string? EndedWhy { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was proven to be gone; null before.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>What to say besides; null for nothing.</summary>
    public string? Note { get; init; }
}
