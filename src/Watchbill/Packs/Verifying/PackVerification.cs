namespace Watchbill.Packs.Verifying;

/// <summary>What a look at a whole pack found.</summary>
public sealed record PackVerification
{
    /// <summary>What is not as it was written, at most a hundred sentences; empty when all is.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>So many packs, where it is a set of them; 0 for a pack.</summary>
    public int Packs { get; init; }

    /// <summary>So many files.</summary>
    public int Files { get; init; }

    /// <summary>So many bytes they have.</summary>
    public long Bytes { get; init; }

    /// <summary>So many signed statements.</summary>
    public int Statements { get; init; }

    /// <summary>So many audit events that are in the log.</summary>
    public int Events { get; init; }

    /// <summary>So many entries of the log, computed anew.</summary>
    public long LogSize { get; init; }

    /// <summary>So many tokens of a time authority about the log.</summary>
    public int Timestamps { get; init; }

    /// <summary>When everything in the log was there at the latest, as the authority says; null without a token.</summary>
    public DateTimeOffset? StampedAt { get; init; }

    /// <summary>Whose certificate the last token is signed with; null without one. Whether to trust it, nobody can see from a pack alone.</summary>
    public string? StampedBy { get; init; }

    /// <summary>SHA-256 of the public key that signed it, in hex; null when the key cannot be read.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>The fingerprint that was given, where it is that of an earlier key, which endorsed the one that signed (or one between them); null otherwise.</summary>
    public string? EndorsedBy { get; init; }

    /// <summary>The name of the log, which follows from its first key; null when that cannot be read.</summary>
    public string? LogOrigin { get; init; }

    /// <summary>Whether everything is as it was written. Whose keys they are, nobody can see from a pack alone.</summary>
    public bool IsIntact => Findings.Count == 0;
}
