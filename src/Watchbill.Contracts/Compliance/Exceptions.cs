using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Compliance;

/// <summary>A failure that somebody approved for a time.</summary>
public sealed record CheckException
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>For which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>Which check.</summary>
    public required string Check { get; init; }

    /// <summary>The kind of the one resource it is for; null for all.</summary>
    public string? ResourceKind { get; init; }

    /// <summary>The key of the one resource it is for; null for all.</summary>
    public string? ResourceKey { get; init; }

    /// <summary>What people call that resource.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Why it is wanted.</summary>
    public required string Reason { get; init; }

    /// <summary>asked, approved, denied, withdrawn or ended.</summary>
    public required string State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The account that asked; null at the command line.</summary>
    public long? AskedBy { get; init; }

    /// <summary>From when on it covers nothing any more.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was decided about.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The account that decided.</summary>
    public long? DecidedBy { get; init; }

    /// <summary>What they said.</summary>
    public string? Decision { get; init; }
}

/// <summary>Which exceptions to list.</summary>
public sealed record ExceptionQuery
{
    /// <summary>Only those of this connector.</summary>
    public long? Connector { get; init; }

    /// <summary>Whether to list those that are over too.</summary>
    public bool All { get; init; }
}

/// <summary>Asks for an exception.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewException
{
    /// <summary>For which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>Which check.</summary>
    [Required, StringLength(100)]
    public required string Check { get; init; }

    /// <summary>The kind of the one resource it is for; left out for all.</summary>
    [StringLength(50)]
    public string? ResourceKind { get; init; }

    /// <summary>The key of the one resource it is for; left out for all.</summary>
    [StringLength(500)]
    public string? ResourceKey { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }

    /// <summary>Until when, at most a year from now.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>Why something is decided as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExceptionDecision
{
    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}
