using System.ComponentModel.DataAnnotations;

namespace Watchbill.Contracts.Connectors;

/// <summary>One intended change in Sentry. Members, teams and projects are named by Sentry's ids.</summary>
public record IntendedChange
{
    /// <summary>
    /// remove-member, change-org-role, join-team, leave-team, change-team-role, add-project-team, remove-project-team, invite, resend-invitation or
    /// withdraw-invitation.
    /// </summary>
    [Required, StringLength(40)]
    public required string Kind { get; init; }

    /// <summary>The member's id; null for an invitation and for what is about a project.</summary>
    [StringLength(40)]
    public string? Member { get; init; }

    /// <summary>The team's id; null where no team is concerned.</summary>
    [StringLength(40)]
    public string? Team { get; init; }

    /// <summary>The project's id; null where no project is concerned.</summary>
    [StringLength(40)]
    public string? Project { get; init; }

    /// <summary>The role that shall be; null where none is.</summary>
    [StringLength(40)]
    public string? Role { get; init; }

    /// <summary>Whom to invite; null for everything else.</summary>
    [StringLength(75)]
    public string? Email { get; init; }
}

/// <summary>A change that is asked for.</summary>
public sealed record NewChange : IntendedChange
{
    /// <summary>Why; it is kept for ever.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}

/// <summary>What Sentry says about what a change is about. What it was not asked is null.</summary>
public sealed record TargetState
{
    /// <summary>The id of the member or invitation; null when there is none.</summary>
    public string? Member { get; init; }

    /// <summary>Whether that is an open invitation.</summary>
    public bool? IsInvitation { get; init; }

    /// <summary>Whether the invitation can no longer be accepted.</summary>
    public bool? IsExpired { get; init; }

    /// <summary>The role in the organization.</summary>
    public string? OrgRole { get; init; }

    /// <summary>The slugs of the teams.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Whether the member is on the team in question.</summary>
    public bool? OnTeam { get; init; }

    /// <summary>The role in effect on that team.</summary>
    public string? TeamRole { get; init; }

    /// <summary>Whether the team has the project in question.</summary>
    public bool? TeamHasProject { get; init; }

    /// <summary>The same in words.</summary>
    public required string Description { get; init; }
}

/// <summary>What would happen if a change were asked for; nothing was sent but questions.</summary>
/// <param name="Before">What Sentry says now.</param>
/// <param name="IsDone">It is so already.</param>
/// <param name="Request">The request that would be sent; null when none would be.</param>
/// <param name="RefusalCode">Why it cannot be made, as a code; null when it can.</param>
/// <param name="Refusal">The same as a sentence, with the way out.</param>
public sealed record ChangePlan(TargetState Before, bool IsDone, string? Request, string? RefusalCode, string? Refusal);

/// <summary>One intended change, what was tried and the proof.</summary>
public sealed record ProvisioningTask
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>In which organization.</summary>
    public required long Connector { get; init; }

    /// <summary>What shall change.</summary>
    public required IntendedChange Change { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked: system, command-line, account or api-token, and which.</summary>
    public required string AskedBy { get; init; }

    /// <summary>waiting, running, proven, escalated or withdrawn.</summary>
    public required string State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it is tried next; null once it ended or waits for a person.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>So often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>What Sentry said when it was asked for.</summary>
    public TargetState? Before { get; init; }

    /// <summary>What Sentry said when it was read afterwards: the proof once the task is proven.</summary>
    public TargetState? ReadBack { get; init; }

    /// <summary>When that was read.</summary>
    public DateTimeOffset? ReadBackAt { get; init; }

    /// <summary>The requests that were sent to change something, one on each line; null when none was.</summary>
    public string? Sent { get; init; }

    /// <summary>Why the last try did not do it, as a code; null when nothing went wrong.</summary>
    public string? FailureCode { get; init; }

    /// <summary>The same as a sentence, with the way out.</summary>
    public string? Note { get; init; }

    /// <summary>When it ended or was escalated; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Which intended changes to list.</summary>
public sealed record ProvisioningQuery : PageQuery
{
    /// <summary>Only those in this state; all when left out.</summary>
    [StringLength(20)]
    public string? State { get; init; }
}

/// <summary>Lets changes be made.</summary>
public sealed record NewWriting
{
    /// <summary>A token for changes; left out to make them with the one that reads.</summary>
    [StringLength(4096)]
    public string? Token { get; init; }
}

/// <summary>Whether changes may be made, and what can be changed.</summary>
/// <param name="Since">Since when they may; null while they may not.</param>
/// <param name="TokenKind">What kind of token they are made with; null when it is the one that reads.</param>
/// <param name="TokenLastFour">Its last four characters; null as above.</param>
/// <param name="Abilities">What the token can change.</param>
public sealed record Writing(DateTimeOffset? Since, string? TokenKind, string? TokenLastFour, IReadOnlyList<WritingAbility> Abilities);

/// <summary>Whether a kind of change can be made, for an ordinary member.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="RefusalCode">Why it cannot, as a code; null when it can.</param>
/// <param name="Refusal">The same as a sentence, with the way out.</param>
public sealed record WritingAbility(string Kind, string? RefusalCode, string? Refusal);
