using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Reviews;

/// <summary>What an access review is made of.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CampaignPlan
{
    /// <summary>The connector whose organization is reviewed.</summary>
    public required long Connector { get; init; }

    /// <summary>Its name.</summary>
    [Required, StringLength(100)]
    public required string Name { get; init; }

    /// <summary>What reviewers are told.</summary>
    [StringLength(2000)]
    public string? Instructions { get; init; }

    /// <summary>The kinds of grants: org-role, team-membership, non-human; the first two when left out.</summary>
    [MaxLength(3)]
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Only people with one of these organization roles.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Only places on these teams, by Sentry's ids.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Only grants with which others can be governed.</summary>
    public bool PrivilegedOnly { get; init; }

    /// <summary>Only people not active for so many days.</summary>
    [Range(1, 3650)]
    public int? InactiveDays { get; init; }

    /// <summary>Only what is new or different since the last completed review.</summary>
    public bool NewOnly { get; init; }

    /// <summary>Who reviews, in the order in which they are asked: manager, team-admin, named; the first two when left out.</summary>
    [MaxLength(3)]
    public IReadOnlyList<string>? ReviewerRules { get; init; }

    /// <summary>The accounts that the rule named means.</summary>
    [MaxLength(100)]
    public IReadOnlyList<long>? Named { get; init; }

    /// <summary>The account that answers for the review, and reviews what nobody else does.</summary>
    public required long Owner { get; init; }

    /// <summary>The account that reviews the owner's own access.</summary>
    public long? Second { get; init; }

    /// <summary>Who looks, stage after stage, at what the stage before kept; one stage when left out. In each stage it is another person.</summary>
    [MaxLength(2)]
    public IReadOnlyList<ReviewStage>? Later { get; init; }

    /// <summary>What becomes of what nobody decided.</summary>
    [AllowedValues("escalate", "revoke")]
    public string Unanswered { get; init; } = "escalate";

    /// <summary>How many days reviewers have.</summary>
    [Range(1, 180)]
    public int Days { get; init; } = 14;

    /// <summary>The next one is scheduled so many months after this one's start; never when left out.</summary>
    [Range(1, 24)]
    public int? RepeatsEveryMonths { get; init; }

    /// <summary>When it starts by itself; when somebody starts it, when left out.</summary>
    public DateTimeOffset? StartsAt { get; init; }
}

/// <summary>A further stage of a review.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReviewStage
{
    /// <summary>Who reviews, in the order in which they are asked: manager, team-admin, named.</summary>
    [MaxLength(3)]
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The accounts that the rule named means.</summary>
    [MaxLength(100)]
    public IReadOnlyList<long>? Named { get; init; }

    /// <summary>The account that reviews what neither these nor the owner may; the one of the review when left out.</summary>
    public long? Second { get; init; }
}

/// <summary>What was decided about an item in a stage before.</summary>
/// <param name="Reviewer">The account that decided.</param>
/// <param name="Decision">certify, change-role or except.</param>
public sealed record EarlierDecision(long Reviewer, string Decision)
{
    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The role it should have instead.</summary>
    public string? NewRole { get; init; }

    /// <summary>Until when an exception should last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>An access review.</summary>
public sealed record Campaign
{
    /// <summary>Identifies it.</summary>
    public required long Id { get; init; }

    /// <summary>What it is made of.</summary>
    public required CampaignPlan Plan { get; init; }

    /// <summary>Where it is in its life: draft, scheduled, running, closing, completed, cancelled.</summary>
    public required string State { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the population was frozen.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Until when reviewers decide.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>No part of the population was read from Sentry before this.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>How many grants were frozen.</summary>
    public required int PopulationRows { get; init; }

    /// <summary>The SHA-256 of the frozen population.</summary>
    public string? PopulationSha256 { get; init; }

    /// <summary>The completed review it is compared with.</summary>
    public long? Previous { get; init; }

    /// <summary>Why it was cancelled, completed with what is left over, or could not start.</summary>
    public string? Note { get; init; }
}

/// <summary>One grant in a review.</summary>
public sealed record ReviewItem
{
    /// <summary>Identifies it.</summary>
    public required long Id { get; init; }

    /// <summary>What kind of grant: org-role, team-membership, non-human.</summary>
    public required string Kind { get; init; }

    /// <summary>Who holds it: Sentry's member id, or the key of a principal that is no person.</summary>
    public required string Principal { get; init; }

    /// <summary>The holder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The holder's address; empty for principals that are no person.</summary>
    public required string Email { get; init; }

    /// <summary>The team's id; empty where the grant is in the organization itself.</summary>
    public required string Resource { get; init; }

    /// <summary>The team's or organization's slug.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The role that was held.</summary>
    public required string Role { get; init; }

    /// <summary>Others can be governed with it.</summary>
    public required bool IsPrivileged { get; init; }

    /// <summary>The state of the account when it was frozen.</summary>
    public required string State { get; init; }

    /// <summary>When last active; null when never or not told.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Since when the grant is known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What a removal would not end.</summary>
    public string? Caveat { get; init; }

    /// <summary>What the facts suggest: keep, look, revoke.</summary>
    public required string Advice { get; init; }

    /// <summary>Why.</summary>
    public required string AdviceReason { get; init; }

    /// <summary>Against the last completed review: first, new, role changed, same.</summary>
    public required string Change { get; init; }

    /// <summary>What was decided then.</summary>
    public string? PreviousDecision { get; init; }

    /// <summary>The account that reviews it.</summary>
    public required long Reviewer { get; init; }

    /// <summary>By which rule.</summary>
    public required string ReviewerBy { get; init; }

    /// <summary>In which stage it is, from 1.</summary>
    public int Stage { get; init; } = 1;

    /// <summary>How many stages it has.</summary>
    public int Stages { get; init; } = 1;

    /// <summary>What was decided in the stages before.</summary>
    public IReadOnlyList<EarlierDecision> Earlier { get; init; } = [];

    /// <summary>certify, revoke, change-role or except; a draft until it is submitted.</summary>
    public string? Decision { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The role instead.</summary>
    public string? NewRole { get; init; }

    /// <summary>Until when an exception lasts.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it was submitted, and became final.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>What became of it: open, kept, excepted, changing, proven, escalated.</summary>
    public required string Outcome { get; init; }

    /// <summary>The proof, or what stands against it.</summary>
    public string? OutcomeNote { get; init; }

    /// <summary>The change in Sentry that carries it out.</summary>
    public long? ChangeInSentry { get; init; }
}

/// <summary>Which items of a review to list, in the order of its population.</summary>
public sealed record ReviewItemQuery : PageQuery
{
    /// <summary>A part of the holder's name or address, or of the team's slug.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>Only those that this account reviews.</summary>
    public long? Reviewer { get; init; }

    /// <summary>What was decided, drafts too.</summary>
    [AllowedValues(null, "certify", "revoke", "change-role", "except")]
    public string? Decision { get; init; }

    /// <summary>What became of them.</summary>
    [AllowedValues(null, "open", "kept", "excepted", "changing", "proven", "escalated")]
    public string? Outcome { get; init; }

    /// <summary>Only those without a decision, even a drafted one.</summary>
    public bool? Undecided { get; init; }
}

/// <summary>What a reviewer says about one item.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReviewDecision
{
    /// <summary>Which item.</summary>
    public required long Item { get; init; }

    /// <summary>certify, revoke, change-role or except; null takes a draft back.</summary>
    [AllowedValues(null, "certify", "revoke", "change-role", "except")]
    public string? Decision { get; init; }

    /// <summary>Why; needed for everything but keeping ordinary access.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }

    /// <summary>The role instead.</summary>
    [StringLength(100)]
    public string? NewRole { get; init; }

    /// <summary>Until when an exception lasts.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Decisions to keep as drafts: all of them, or none.</summary>
/// <param name="Decisions">At most 1,000.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReviewDecisions([property: Required, MinLength(1), MaxLength(1000)] IReadOnlyList<ReviewDecision> Decisions);

/// <summary>What was submitted.</summary>
/// <param name="Submitted">How many items.</param>
/// <param name="Left">How many of the reviewer's items have no decision yet.</param>
/// <param name="PassedOn">How many of the submitted went on to the reviewer of the next stage.</param>
public sealed record ReviewSubmission(int Submitted, int Left, int PassedOn);

/// <summary>Another reviewer for an item.</summary>
/// <param name="Reviewer">The account.</param>
/// <param name="Reason">Why.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewReviewer(long Reviewer, [property: Required, StringLength(500)] string Reason);

/// <summary>Why a review is cancelled, or completed although something is left over.</summary>
/// <param name="Reason">Why; may be left out where nothing is left over.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReviewReason([property: StringLength(500)] string? Reason = null);

/// <summary>The report of a review: counts that fit the frozen population, and every item.</summary>
public sealed record ReviewReport
{
    /// <summary>The review.</summary>
    public required Campaign Campaign { get; init; }

    /// <summary>How many items have which decision.</summary>
    public required IReadOnlyDictionary<string, int> Decisions { get; init; }

    /// <summary>How many items nobody decided.</summary>
    public required int Undecided { get; init; }

    /// <summary>How many items have which outcome.</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>As many items as rows in the frozen population, each in exactly one place.</summary>
    public required bool Reconciles { get; init; }

    /// <summary>The frozen population has the hash that was noted.</summary>
    public required bool PopulationIsIntact { get; init; }

    /// <summary>The SHA-256 of the record as CSV.</summary>
    public required string RecordSha256 { get; init; }

    /// <summary>Every item.</summary>
    public required IReadOnlyList<ReviewItem> Items { get; init; }
}

/// <summary>When you are away. All parts are null when you are not.</summary>
/// <param name="StandIn">The name of whoever reviews in your place.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record Absence(string? StandIn, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>When you will be away.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewAbsence
{
    /// <summary>The address of whoever reviews in your place: an active account of Watchbill.</summary>
    [Required, StringLength(254)]
    public required string StandIn { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when: at most a year.</summary>
    public required DateTimeOffset Until { get; init; }
}
