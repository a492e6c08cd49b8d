using Watchbill.Kernel;

namespace Watchbill.Compliance.Exceptions;

/// <summary>How an exception stands. Names are kept in the database: add, never rename.</summary>
public enum ExceptionState
{
    /// <summary>Somebody else must decide.</summary>
    Asked,

    /// <summary>It covers its failures until its end.</summary>
    Approved,

    /// <summary>It was refused.</summary>
    Denied,

    /// <summary>It was taken back, before or after it was approved.</summary>
    Withdrawn,

    /// <summary>Its end came: what it covered fails again.</summary>
    Ended,
}

/// <summary>A failure that somebody approved for a time. The failure stays visible; only its outcome says that it is approved.</summary>
public sealed record CheckException
{
    /// <summary>Identifies it.</summary>
    public CheckExceptionId Id { get; init; }

    /// <summary>For which connector.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>Which check.</summary>
    public required string CheckId { get; init; }

    /// <summary>Of which resource; null for all of them.</summary>
    public CheckResource? Resource { get; init; }

    /// <summary>Why it is wanted.</summary>
    public required string Reason { get; init; }

    /// <summary>How it stands.</summary>
    public ExceptionState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Who asked; null at the command line.</summary>
    public AccountId? AskedBy { get; init; }

    /// <summary>From when on it covers nothing any more.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was decided about; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who decided; null before, and at the command line.</summary>
    public AccountId? DecidedBy { get; init; }

    /// <summary>What they said; null before.</summary>
    public string? Decision { get; init; }

    /// <summary>Whether it covers anything at an instant.</summary>
    internal bool Covers(DateTimeOffset at) => State is ExceptionState.Approved && at < EndsAt;

    /// <summary>Whether it is about this resource.</summary>
    internal bool Concerns(CheckResource resource) => Resource is not { } own || (own.Kind == resource.Kind && own.Key == resource.Key);
}
