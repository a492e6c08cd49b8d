using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Engagements;

/// <summary>What auditors may look at, and for how long.</summary>
public sealed record Engagement
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Who audits.</summary>
    public string? Firm { get; init; }

    /// <summary>The framework's id.</summary>
    public required string Framework { get; init; }

    /// <summary>Only these controls; empty for all that evidence from Sentry is about.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The period begins here.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The period ends before this instant.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The connectors.</summary>
    public required IReadOnlyList<long> Connectors { get; init; }

    /// <summary>The accounts of the auditors.</summary>
    public required IReadOnlyList<long> Auditors { get; init; }

    /// <summary>From then on auditors see nothing of it.</summary>
    public required DateTimeOffset AccessEndsAt { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed.</summary>
    public string? Closing { get; init; }
}

/// <summary>An engagement that is to be opened.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewEngagement
{
    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public required string Name { get; init; }

    /// <summary>Who audits.</summary>
    [StringLength(200)]
    public string? Firm { get; init; }

    /// <summary>The framework's id.</summary>
    [Required, StringLength(63)]
    public required string Framework { get; init; }

    /// <summary>Only these controls; none for all.</summary>
    public IReadOnlyList<string>? Controls { get; init; }

    /// <summary>The period begins here.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The period ends before this instant; it may be still to come.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>1 to 20 connectors.</summary>
    public required IReadOnlyList<long> Connectors { get; init; }

    /// <summary>The accounts of 1 to 50 auditors.</summary>
    public required IReadOnlyList<long> Auditors { get; init; }

    /// <summary>From then on auditors see nothing of it.</summary>
    public required DateTimeOffset AccessEndsAt { get; init; }
}

/// <summary>Who may enter an engagement, and until when.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EngagementAccess
{
    /// <summary>The accounts of the auditors.</summary>
    public required IReadOnlyList<long> Auditors { get; init; }

    /// <summary>From then on they see nothing of it.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}

/// <summary>An engagement with how its controls stand and what was asked for.</summary>
/// <param name="Engagement">The engagement.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="Requests">What was asked for, by number.</param>
public sealed record EngagementRoom(Engagement Engagement, IReadOnlyList<EngagementSource> Sources, IReadOnlyList<EvidenceRequest> Requests);

/// <summary>How the controls stand for one source.</summary>
/// <param name="Connector">Which connector.</param>
/// <param name="Name">What people call it.</param>
/// <param name="RunAt">The instant of the last run before the end of the period; null when there was none.</param>
/// <param name="Controls">How each stood then; none without a run.</param>
public sealed record EngagementSource(long Connector, string Name, DateTimeOffset? RunAt, IReadOnlyList<ControlStanding> Controls);

/// <summary>How a control stands.</summary>
/// <param name="Control">As the framework writes it.</param>
/// <param name="Outcome">As bad as the worst of its checks.</param>
public sealed record ControlStanding(string Control, string Outcome);

/// <summary>Something that auditors asked for.</summary>
public sealed record EvidenceRequest
{
    /// <summary>Its number in the engagement.</summary>
    public required int Number { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked for.</summary>
    public required string Text { get; init; }

    /// <summary>The control that it is about; null for none.</summary>
    public string? Control { get; init; }

    /// <summary>open, provided, accepted or withdrawn.</summary>
    public required string State { get; init; }

    /// <summary>The account that asked.</summary>
    public long? AskedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>By when an answer is wanted.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>A request with what was done and said.</summary>
/// <param name="Request">The request.</param>
/// <param name="Notes">What was done and said, oldest first.</param>
public sealed record EvidenceRequestDetails(EvidenceRequest Request, IReadOnlyList<EngagementNote> Notes);

/// <summary>What somebody did or said.</summary>
/// <param name="Kind">asked, commented, provided, returned, accepted or withdrawn.</param>
/// <param name="Text">In their words.</param>
/// <param name="At">When.</param>
/// <param name="By">The account that did it.</param>
/// <param name="Artifact">The file that came with it; null for none.</param>
public sealed record EngagementNote(string Kind, string Text, DateTimeOffset At, long? By, long? Artifact);

/// <summary>What auditors ask for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewEvidenceRequest
{
    /// <summary>One line.</summary>
    [Required, StringLength(200)]
    public required string Title { get; init; }

    /// <summary>What is asked for.</summary>
    [Required, StringLength(4000)]
    public required string Text { get; init; }

    /// <summary>The control that it is about; null for none.</summary>
    public string? Control { get; init; }

    /// <summary>By when an answer is wanted.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>A request list as a file.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewEvidenceRequestFile
{
    /// <summary>Lines of comma-separated values with the headings title and text, and control and due where wanted.</summary>
    [Required, StringLength(500000)]
    public required string Csv { get; init; }
}

/// <summary>What somebody does with a request, or says of it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewEngagementNote
{
    /// <summary>commented; provided for those who manage compliance; returned, accepted or withdrawn for auditors.</summary>
    [Required, AllowedValues("commented", "provided", "returned", "accepted", "withdrawn")]
    public required string Kind { get; init; }

    /// <summary>In your words.</summary>
    [Required, StringLength(4000)]
    public required string Text { get; init; }

    /// <summary>An artifact that comes with an answer; null for none.</summary>
    public long? Artifact { get; init; }
}

/// <summary>What somebody says of a control.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewControlComment
{
    /// <summary>As the framework writes it.</summary>
    [Required, StringLength(100)]
    public required string Control { get; init; }

    /// <summary>In your words.</summary>
    [Required, StringLength(4000)]
    public required string Text { get; init; }
}
