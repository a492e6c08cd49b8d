using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Compliance;

/// <summary>A file that somebody keeps as evidence.</summary>
public sealed record Artifact
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>For which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the file is, judged by its first bytes.</summary>
    public required string MediaType { get; init; }

    /// <summary>So many bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of what it holds, in hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it shows.</summary>
    public required string Shows { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Source { get; init; }

    /// <summary>The controls that it is evidence for, each as framework:control.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The action that it belongs to.</summary>
    public long? Action { get; init; }

    /// <summary>When what it shows was so.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>When somebody took it from where it comes from.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>When it came into Watchbill.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The account that recorded it.</summary>
    public long? RecordedBy { get; init; }

    /// <summary>Before this instant it cannot be erased.</summary>
    public DateTimeOffset? KeepUntil { get; init; }

    /// <summary>Why it must not be erased whatever else is so.</summary>
    public string? HoldReason { get; init; }

    /// <summary>When what it held was erased.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Why it was erased.</summary>
    public string? ErasedReason { get; init; }
}

/// <summary>Which artifacts to list.</summary>
public sealed record ArtifactQuery : PageQuery
{
    /// <summary>Only those that hold this in their name, in what they show, in source, media type or controls, or whose hash begins so.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>Only those of this action.</summary>
    public long? Action { get; init; }
}

/// <summary>Records a file as evidence.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewArtifact
{
    /// <summary>The file's name.</summary>
    [Required, StringLength(200)]
    public required string Name { get; init; }

    /// <summary>What it holds, in Base64; at most 20 MB before that.</summary>
    [Required, StringLength(28_000_000)]
    public required string ContentBase64 { get; init; }

    /// <summary>What it shows.</summary>
    [Required, StringLength(1000)]
    public required string Shows { get; init; }

    /// <summary>Where it comes from.</summary>
    [StringLength(1000)]
    public string? Source { get; init; }

    /// <summary>The controls that it is evidence for, each as framework:control.</summary>
    public IReadOnlyList<string>? Controls { get; init; }

    /// <summary>The action that it belongs to.</summary>
    public long? Action { get; init; }

    /// <summary>When what it shows was so; left out for now.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>When it was taken from where it comes from; left out for now.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>Before this instant it cannot be erased.</summary>
    public DateTimeOffset? KeepUntil { get; init; }
}

/// <summary>Why an artifact is held, released or erased.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ArtifactDecision
{
    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}
