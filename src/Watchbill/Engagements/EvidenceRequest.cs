using Watchbill.Kernel;

namespace Watchbill.Engagements;

/// <summary>How a request of auditors stands. Names are kept in the database: add, never rename.</summary>
public enum EvidenceRequestState
{
    /// <summary>The organization is to answer.</summary>
    Open,

    /// <summary>The auditors are to look at the answer.</summary>
    Provided,

    /// <summary>The auditors have what they need.</summary>
    Accepted,

    /// <summary>The auditors need it no more.</summary>
    Withdrawn,
}

/// <summary>Something that auditors asked for.</summary>
public sealed record EvidenceRequest
{
    /// <summary>Its id.</summary>
    public required EvidenceRequestId Id { get; init; }

    /// <summary>Of which engagement.</summary>
    public required EngagementId Engagement { get; init; }

    /// <summary>Its number in the engagement, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked for.</summary>
    public required string Text { get; init; }

    /// <summary>The control that it is about; null for none.</summary>
    public string? Control { get; init; }

    /// <summary>How it stands.</summary>
    public required EvidenceRequestState State { get; init; }

    /// <summary>Who asked; null for nobody with an account.</summary>
    public AccountId? AskedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>By when an answer is wanted; null for no day.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it last moved.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether an answer is late.</summary>
    public bool IsLate(DateTimeOffset now) => State is EvidenceRequestState.Open && DueAt <= now;
}

/// <summary>What auditors ask for.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">What is asked for.</param>
public sealed record EvidenceRequestDraft(string Title, string Text)
{
    /// <summary>The longest title.</summary>
    public const int LongestTitle = 200;

    /// <summary>The longest text.</summary>
    public const int LongestText = 4000;

    /// <summary>The most requests of one engagement.</summary>
    public const int MostRequests = 1000;

    /// <summary>The control that it is about; null for none.</summary>
    public string? Control { get; init; }

    /// <summary>By when an answer is wanted; null for no day.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal Refusal? Problem(Entered room) =>
        !OneLine.Fits(Title, LongestTitle) || string.IsNullOrWhiteSpace(Text) || Text.Length > LongestText ? EngagementRefusals.BadRequest(LongestTitle, LongestText)
        : Control is not null && room.Control(Control) is null ? EngagementRefusals.OutOfScope($"control {Control}")
        : null;
}

/// <summary>What somebody did or said in an engagement. Names are kept in the database: add, never rename.</summary>
public enum EngagementNoteKind
{
    /// <summary>Auditors asked for something.</summary>
    Asked,

    /// <summary>Somebody said something, about a request or a control.</summary>
    Commented,

    /// <summary>The organization answered.</summary>
    Provided,

    /// <summary>The auditors need more.</summary>
    Returned,

    /// <summary>The auditors have what they need.</summary>
    Accepted,

    /// <summary>The auditors need it no more.</summary>
    Withdrawn,
}

/// <summary>What somebody did or said.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">In their words.</param>
/// <param name="At">When.</param>
public sealed record EngagementNote(EngagementNoteKind Kind, string Text, DateTimeOffset At)
{
    /// <summary>About which request; null for none.</summary>
    public EvidenceRequestId? Request { get; init; }

    /// <summary>About which control; null for none.</summary>
    public string? Control { get; init; }

    /// <summary>The file that came with it; null for none.</summary>
    public ArtifactId? Artifact { get; init; }

    /// <summary>Who; null for nobody with an account.</summary>
    public AccountId? By { get; init; }
}
