using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Evidence;

/// <summary>A kind of evidence and how it stands for a connector.</summary>
public sealed record EvidenceKind
{
    /// <summary>Its name in addresses, for example <c>project-settings</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked of Sentry.</summary>
    public required string Reads { get; init; }

    /// <summary>One of these scopes is needed.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The fields that are stored with their history.</summary>
    public required IReadOnlyList<string> Keeps { get; init; }

    /// <summary>The fields of which only the last value is stored.</summary>
    public required IReadOnlyList<string> Counts { get; init; }

    /// <summary>Whether it is read only of an issue that somebody names.</summary>
    public bool IsOnDemand { get; init; }

    /// <summary>Whether somebody asked for it and it has not begun.</summary>
    public bool IsRequested { get; init; }

    /// <summary>The last complete collection; null when there was none.</summary>
    public EvidenceCollection? Complete { get; init; }

    /// <summary>The last collection of all, one that runs included; null when there was none.</summary>
    public EvidenceCollection? Latest { get; init; }

    /// <summary>Why what is kept is older than it should be; null when it is not.</summary>
    public string? Problem { get; init; }
}

/// <summary>One read of one kind of evidence.</summary>
public sealed record EvidenceCollection
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The issue it was about; null for everything of the kind.</summary>
    public string? Issue { get; init; }

    /// <summary>running, complete, failed, unavailable or interrupted.</summary>
    public required string State { get; init; }

    /// <summary>When it began; what it read is as of then.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was asked of Sentry.</summary>
    public string? Query { get; init; }

    /// <summary>Requests that were sent.</summary>
    public long Requests { get; init; }

    /// <summary>Rows that were read.</summary>
    public long Rows { get; init; }

    /// <summary>Rows of the kind that hold since then; 0 unless it was complete.</summary>
    public long Kept { get; init; }

    /// <summary>Releases or projects that still wait to be read.</summary>
    public long Remaining { get; init; }

    /// <summary>Rows that Sentry itself said there are; null when it does not count them.</summary>
    public long? Reported { get; init; }

    /// <summary>Rows that were new.</summary>
    public long Opened { get; init; }

    /// <summary>Rows that read differently than before.</summary>
    public long Changed { get; init; }

    /// <summary>Rows that are gone.</summary>
    public long Closed { get; init; }

    /// <summary>What came of it or why it failed; null when there is nothing to tell.</summary>
    public string? Note { get; init; }

    /// <summary>Why it failed, as a code; null when it did not.</summary>
    public string? FailureCode { get; init; }
}

/// <summary>One thing that was collected, as it was for a time.</summary>
public sealed record EvidenceRecord
{
    /// <summary>Sentry's id of it.</summary>
    public required string Key { get; init; }

    /// <summary>The issue, release or project it belongs to; null for what belongs to the organization.</summary>
    public string? Parent { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands, in Sentry's word; null for what has no states.</summary>
    public string? State { get; init; }

    /// <summary>When it came to be.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When it showed life last.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>What is stored with its history.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>What is stored with its last value only; null when there is nothing of the kind.</summary>
    public JsonElement? Counters { get; init; }

    /// <summary>Since when it is known so.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when it was known so; null while it holds.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>A part of what was collected.</summary>
/// <param name="Items">The rows, in the order of their keys.</param>
/// <param name="Total">How many rows the whole list has; told with its first part only.</param>
/// <param name="Next">The cursor of the next part; null when this is the last one.</param>
/// <param name="Source">The complete collection that the list rests on; null when there was none, and then there are no rows.</param>
public sealed record EvidencePage(IReadOnlyList<EvidenceRecord> Items, long? Total, string? Next, EvidenceCollection? Source);

/// <summary>Which records to list.</summary>
public sealed record EvidenceQuery : PageQuery
{
    /// <summary>The instant; now when left out.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Only those of this issue, release or project, by id.</summary>
    [StringLength(200)]
    public string? Parent { get; init; }

    /// <summary>Only those in this state.</summary>
    [StringLength(100)]
    public string? State { get; init; }

    /// <summary>Only those whose name holds this, or whose key it is.</summary>
    [StringLength(200)]
    public string? Search { get; init; }
}

/// <summary>Whose history to show.</summary>
public sealed record EvidenceHistoryQuery
{
    /// <summary>The key of the record.</summary>
    [Required, StringLength(300)]
    public required string Key { get; init; }
}

/// <summary>Which collections to list.</summary>
public sealed record CollectionQuery : PageQuery
{
    /// <summary>Only those of this kind.</summary>
    [StringLength(50)]
    public string? Kind { get; init; }
}

/// <summary>What to collect.</summary>
public sealed record WantedCollection
{
    /// <summary>Kinds by name; left out for all that need no issue.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>The issue, by number or short id, for its activity and events; left out otherwise.</summary>
    [StringLength(100)]
    public string? Issue { get; init; }

    /// <summary>Accepts that more than half of what was known may be gone.</summary>
    public bool AcceptLoss { get; init; }
}

/// <summary>How the evidence log stands.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="Size">So many entries are signed for.</param>
/// <param name="SealedAt">When the last checkpoint was signed.</param>
/// <param name="Checkpoint">The last signed checkpoint.</param>
/// <param name="VerifierKey">The public key that signs now, as tools for transparency logs take it.</param>
/// <param name="PublicKeyPem">The same as OpenSSL takes it.</param>
public sealed record EvidenceLog(string Origin, long Size, DateTimeOffset? SealedAt, string? Checkpoint, string VerifierKey, string PublicKeyPem);

/// <summary>What a look at the whole evidence log found.</summary>
/// <param name="Size">So many entries.</param>
/// <param name="Root">The root over them, computed anew, in hex.</param>
/// <param name="Checkpoints">So many signed checkpoints were compared.</param>
/// <param name="Unsealed">So many audit events are not in the log although they were written minutes ago.</param>
/// <param name="Findings">What is not as it was.</param>
/// <param name="IsIntact">Whether everything is as it was written.</param>
public sealed record EvidenceLogVerification(long Size, string Root, int Checkpoints, long Unsealed, IReadOnlyList<string> Findings, bool IsIntact);

/// <summary>What shows that an audit event is in the evidence log.</summary>
/// <param name="Index">Its entry's index.</param>
/// <param name="Entry">The entry, whose bytes are the leaf.</param>
/// <param name="Proof">A self-contained proof as C2SP tlog-proof writes it.</param>
/// <param name="Event">Everything that the event says, as it was hashed behind the entry's salt.</param>
public sealed record EvidenceLogProof(long Index, string Entry, string Proof, string Event);

/// <summary>Has the evidence log verified.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewLogVerification
{
    /// <summary>A signed checkpoint that somebody kept, to compare with too; left out for none.</summary>
    [StringLength(4000)]
    public string? Checkpoint { get; init; }
}

/// <summary>A public key that signs the evidence log, or statements and packs, or signed them once.</summary>
public sealed record EvidenceKey
{
    /// <summary>What it signs: <c>log</c> or <c>statements</c>.</summary>
    public required string Use { get; init; }

    /// <summary>1 for the first of its use.</summary>
    public required int Generation { get; init; }

    /// <summary>What people compare: SHA-256 of the public key, in hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The key as OpenSSL takes it.</summary>
    public required string PublicKeyPem { get; init; }

    /// <summary>The same as tools for transparency logs take it; none for a key of statements.</summary>
    public string? VerifierKey { get; init; }

    /// <summary>Since when it signs; none for a first key that signed nothing yet.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The size of the log's first checkpoint that it signed, together with the key before it; 0 for a first key, and for a key of statements.</summary>
    public long FromSize { get; init; }

    /// <summary>Whether it signs now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>A DSSE envelope: the statement by which the key before made it the next, signed by both; none for a first key.</summary>
    public string? Endorsement { get; init; }
}

/// <summary>Replaces a key.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record KeyReplacement
{
    /// <summary>The fingerprint of the key that signs now.</summary>
    [StringLength(64, MinimumLength = 64)]
    public required string Replaces { get; init; }

    /// <summary>Why; it is kept in the audit log.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }
}

/// <summary>Two sizes of the evidence log.</summary>
public sealed record ConsistencyQuery
{
    /// <summary>The earlier size.</summary>
    public required long From { get; init; }

    /// <summary>The later size.</summary>
    public required long To { get; init; }
}
