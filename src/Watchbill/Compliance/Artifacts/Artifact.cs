using Watchbill.Kernel;

namespace Watchbill.Compliance.Artifacts;

/// <summary>A file that somebody keeps as evidence: what no check can see. What it holds never changes; it may only be erased, and then its hash stays.</summary>
public sealed record Artifact
{
    /// <summary>Identifies it.</summary>
    public ArtifactId Id { get; init; }

    /// <summary>For which connector.</summary>
    public ConnectorId Connector { get; init; }

    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the file is, judged by its first bytes and not by its name.</summary>
    public required string MediaType { get; init; }

    /// <summary>So many bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of what it holds, in hex; it stays when that is erased.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it shows, in the words of whoever recorded it.</summary>
    public required string Shows { get; init; }

    /// <summary>Where it comes from; null when nobody said.</summary>
    public string? Source { get; init; }

    /// <summary>The controls that it is evidence for, each as <c>framework:control</c>.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The action that it belongs to; null for none.</summary>
    public ComplianceActionId? Action { get; init; }

    /// <summary>When what it shows was so.</summary>
    public DateTimeOffset ObservedAt { get; init; }

    /// <summary>When somebody took it from where it comes from.</summary>
    public DateTimeOffset CollectedAt { get; init; }

    /// <summary>When it came into Watchbill.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who recorded it; null at the command line.</summary>
    public AccountId? RecordedBy { get; init; }

    /// <summary>Before this instant it cannot be erased; null for no such promise.</summary>
    public DateTimeOffset? KeepUntil { get; init; }

    /// <summary>Why it must not be erased whatever else is so (legal hold); null when nothing stands against it.</summary>
    public string? HoldReason { get; init; }

    /// <summary>When what it held was erased; null while it is there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Who erased it; null while it is there, and at the command line.</summary>
    public AccountId? ErasedBy { get; init; }

    /// <summary>Why it was erased; null while it is there.</summary>
    public string? ErasedReason { get; init; }
}

/// <summary>A file that somebody wants kept.</summary>
/// <param name="Connector">For which connector.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Shows">What it shows.</param>
public sealed record ArtifactDraft(ConnectorId Connector, string Name, byte[] Content, string Shows)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>The most controls that one file is evidence for.</summary>
    public const int MostControls = 50;

    /// <summary>Where it comes from; null when nobody says.</summary>
    public string? Source { get; init; }

    /// <summary>The controls that it is evidence for, each as <c>framework:control</c>.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>The action that it belongs to; null for none.</summary>
    public ComplianceActionId? Action { get; init; }

    /// <summary>When what it shows was so; null for now.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>When somebody took it from where it comes from; null for now.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>Before this instant it cannot be erased; null for no such promise.</summary>
    public DateTimeOffset? KeepUntil { get; init; }
}

/// <summary>Which artifacts to list; what is null does not matter.</summary>
/// <param name="Connector">Of which connector.</param>
public sealed record ArtifactSearch(ConnectorId Connector)
{
    /// <summary>The most artifacts on one page.</summary>
    public const int MostRows = 1000;

    /// <summary>Only those that hold this in their name, in what they show, in their source, media type or controls, or whose hash begins so.</summary>
    public string? Text { get; init; }

    /// <summary>Only those of this action.</summary>
    public ComplianceActionId? Action { get; init; }

    /// <summary>So many are passed over.</summary>
    public int Skip { get; init; }

    /// <summary>So many at most.</summary>
    public int Take { get; init; } = 100;
}

/// <summary>A page of artifacts, newest first.</summary>
/// <param name="Rows">Those on it.</param>
/// <param name="Count">How many there are on all pages.</param>
public sealed record ArtifactList(IReadOnlyList<Artifact> Rows, long Count);

/// <summary>An artifact with what it holds.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Content">What it holds; its hash was computed anew and fits.</param>
public sealed record ArtifactContent(Artifact Artifact, byte[] Content);
