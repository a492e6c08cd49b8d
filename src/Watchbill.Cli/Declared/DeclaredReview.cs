using System.ComponentModel;

namespace Watchbill.Cli.Declared;

/// <summary>The plan of an access review.</summary>
internal sealed record DeclaredReview
{
    [Description("Its name; each of those that follow has it too.")]
    public string Name { get; init; } = "";

    [Description("The name of the source.")]
    public string Source { get; init; } = "";

    [Description("What reviewers are told.")]
    public string? Instructions { get; init; }

    [Description("The kinds of grants: org-role, team-membership, non-human; the first two when left out.")]
    public List<string> Kinds { get; init; } = [];

    [Description("Only people with one of these organization roles; all when left out.")]
    public List<string> Roles { get; init; } = [];

    [Description("Only places on these teams, by Sentry's ids; all when left out.")]
    public List<string> Teams { get; init; } = [];

    [Description("Only grants with which others can be governed.")]
    public bool PrivilegedOnly { get; init; }

    [Description("Only people not active for so many days.")]
    public int? InactiveDays { get; init; }

    [Description("Only what is new or different since the last completed review.")]
    public bool NewOnly { get; init; }

    [Description("Who reviews, in the order in which they are asked: manager, team-admin, named; the first two when left out.")]
    public List<string> Reviewers { get; init; } = [];

    [Description("The people that named means, by the addresses of their accounts.")]
    public List<string> Named { get; init; } = [];

    [Description("Who answers for the review, by the address of the account.")]
    public string Owner { get; init; } = "";

    [Description("Who reviews the owner's own access.")]
    public string? Second { get; init; }

    [Description("Who looks, stage after stage, at what the stage before kept.")]
    public List<DeclaredStage> Later { get; init; } = [];

    [Description("What becomes of what nobody decided: escalate or revoke; escalate when left out.")]
    public string? Unanswered { get; init; }

    [Description("How many days reviewers have; 14 when left out.")]
    public int? Days { get; init; }

    [Description("The next one starts so many months after this one's start; never when left out.")]
    public int? RepeatsEveryMonths { get; init; }

    [Description("When the first one starts by itself, for example 2027-01-04T08:00:00Z; when somebody starts it, when left out.")]
    public string? StartsAt { get; init; }
}

/// <summary>A further stage of a review.</summary>
internal sealed record DeclaredStage
{
    [Description("Who reviews, in the order in which they are asked: manager, team-admin, named.")]
    public List<string> Reviewers { get; init; } = [];

    [Description("The people that named means.")]
    public List<string> Named { get; init; } = [];

    [Description("Who reviews what neither these nor the owner may.")]
    public string? Second { get; init; }
}
