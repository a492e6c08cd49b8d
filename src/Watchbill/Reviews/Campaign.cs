using Watchbill.Access.Matching;
using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>The life of a campaign.</summary>
public enum CampaignState
{
    /// <summary>Being prepared; nothing is frozen.</summary>
    Draft,

    /// <summary>It starts by itself at its time.</summary>
    Scheduled,

    /// <summary>The population is frozen, reviewers decide.</summary>
    Running,

    /// <summary>Nobody decides any more; what was decided is made in Sentry and proven.</summary>
    Closing,

    /// <summary>The end: everything is proven, excepted or escalated, and nothing of it can be changed.</summary>
    Completed,

    /// <summary>The end, before it was completed.</summary>
    Cancelled,
}

/// <summary>What becomes of items that nobody decided when the campaign is closed. Silence never certifies.</summary>
public enum Unanswered
{
    /// <summary>A person must look at them: they are escalated.</summary>
    Escalate,

    /// <summary>The access is taken away.</summary>
    Revoke,
}

/// <summary>What kind of grant an item is about.</summary>
public enum GrantKind
{
    /// <summary>A member's, or an open invitation's, role in the organization.</summary>
    OrgRole,

    /// <summary>A place on a team, with its role.</summary>
    TeamMembership,

    /// <summary>A principal that is no person: an integration, a token, a key.</summary>
    NonHuman,
}

/// <summary>Which grants a campaign is about; what is empty or null does not matter.</summary>
public sealed record ReviewScope
{
    /// <summary>The kinds of grants.</summary>
    public IReadOnlyList<GrantKind> Kinds { get; init; } = [GrantKind.OrgRole, GrantKind.TeamMembership];

    /// <summary>Only people with one of these organization roles.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Only places on these teams, by Sentry's ids.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Only accounts that stand for these.</summary>
    public IReadOnlyList<AccountKind> AccountKinds { get; init; } = [];

    /// <summary>Only grants with which others can be governed: organization roles that reach everything, team admins.</summary>
    public bool PrivilegedOnly { get; init; }

    /// <summary>Only people not active for so many days.</summary>
    public int? InactiveDays { get; init; }

    /// <summary>Only what is new or different since the last completed campaign.</summary>
    public bool NewOnly { get; init; }

    /// <summary>Without open invitations.</summary>
    public bool WithoutInvitations { get; init; }
}

/// <summary>Who is asked.</summary>
public enum ReviewerRule
{
    /// <summary>An admin of the team, for places on it.</summary>
    TeamAdmin,

    /// <summary>The manager of the account's identity.</summary>
    Manager,

    /// <summary>The people named in the campaign, in turn.</summary>
    Named,
}

/// <summary>Who reviews: the first rule that finds somebody other than the person in question; else the fallback.</summary>
public sealed record ReviewerChoice
{
    /// <summary>The rules, in the order in which they are asked.</summary>
    public IReadOnlyList<ReviewerRule> Rules { get; init; } = [ReviewerRule.Manager, ReviewerRule.TeamAdmin];

    /// <summary>The accounts that <see cref="ReviewerRule.Named"/> means.</summary>
    public IReadOnlyList<long> Named { get; init; } = [];

    /// <summary>Who reviews what the first fallback may not, because it is about them: another account; null for none.</summary>
    public long? Second { get; init; }
}

/// <summary>What a campaign is made of, as somebody prepares it.</summary>
public sealed record CampaignDraft
{
    /// <summary>The organization.</summary>
    public required ConnectorId Connector { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What reviewers are told; null for nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>Which grants.</summary>
    public ReviewScope Scope { get; init; } = new();

    /// <summary>Who reviews.</summary>
    public ReviewerChoice Reviewers { get; init; } = new();

    /// <summary>Who looks, stage after stage, at what the stage before left standing; empty for one stage. In each stage it is another person.</summary>
    public IReadOnlyList<ReviewerChoice> Later { get; init; } = [];

    /// <summary>What becomes of what nobody decided.</summary>
    public Unanswered Unanswered { get; init; }

    /// <summary>The account that answers for the campaign and reviews what nobody else does.</summary>
    public required AccountId Owner { get; init; }

    /// <summary>How many days reviewers have.</summary>
    public int Days { get; init; } = 14;

    /// <summary>After its end the next one is scheduled so many months after its start; null for never.</summary>
    public int? RepeatsEveryMonths { get; init; }

    /// <summary>When it starts by itself; null when somebody starts it.</summary>
    public DateTimeOffset? StartsAt { get; init; }
}

/// <summary>One review of one organization.</summary>
public sealed record Campaign
{
    /// <summary>Identifies it.</summary>
    public CampaignId Id { get; init; }

    /// <summary>What it is made of.</summary>
    public required CampaignDraft Plan { get; init; }

    /// <summary>Where it is in its life.</summary>
    public CampaignState State { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the population was frozen; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Until when reviewers decide; null before it started.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was closed; null before.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it was completed or cancelled; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>No part of the population was read from Sentry before this; null before it started.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>How many grants were frozen.</summary>
    public int PopulationRows { get; init; }

    /// <summary>The SHA-256 of the frozen population, in hexadecimal; null before it started.</summary>
    public string? PopulationSha256 { get; init; }

    /// <summary>The completed campaign it is compared with; null for none.</summary>
    public CampaignId? Previous { get; init; }

    /// <summary>Why it was cancelled, completed with what is left over, or could not start; null for nothing to say.</summary>
    public string? Note { get; init; }
}
