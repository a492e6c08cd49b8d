using System.Text.Json.Serialization;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>What a reviewer can say about a grant.</summary>
public enum Decision
{
    /// <summary>It is right and stays.</summary>
    Certify,

    /// <summary>It is taken away.</summary>
    Revoke,

    /// <summary>It stays with another role.</summary>
    ChangeRole,

    /// <summary>It is not right, and stays until a day.</summary>
    Except,
}

/// <summary>What the facts suggest to a reviewer.</summary>
public enum Advice
{
    /// <summary>Nothing speaks against it.</summary>
    Keep,

    /// <summary>Look twice.</summary>
    Look,

    /// <summary>Take it away.</summary>
    Revoke,
}

/// <summary>What became of an item.</summary>
public enum Outcome
{
    /// <summary>Nobody decided yet.</summary>
    Open,

    /// <summary>It was certified.</summary>
    Kept,

    /// <summary>It stays until a day although it is not right.</summary>
    Excepted,

    /// <summary>What was decided is being made in Sentry.</summary>
    Changing,

    /// <summary>What was decided was made, and Sentry was read afterwards.</summary>
    Proven,

    /// <summary>What was decided is not proven, or nothing was decided: a person must act.</summary>
    Escalated,
}

/// <summary>What a reviewer sees about the principal and the grant; frozen with the population.</summary>
public sealed record ReviewFacts
{
    /// <summary>The state of the account: active, invited and so on; of others, what they are.</summary>
    public required string State { get; init; }

    /// <summary>What the account stands for: person, service, shared.</summary>
    public string? AccountKind { get; init; }

    /// <summary>How the account and the directory go together: matched, leaver, orphaned, ambiguous; null when no directory names anybody.</summary>
    public string? Match { get; init; }

    /// <summary>Whether a second factor is enrolled; null when not told.</summary>
    public bool? TwoFactor { get; init; }

    /// <summary>Whether Sentry told of activity.</summary>
    public bool ActivityTold { get; init; }

    /// <summary>When last active; null when never or not told.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Since when Watchbill knows of the grant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Who gave it, by Sentry's audit log; null when no line tells.</summary>
    public string? GivenBy { get; init; }

    /// <summary>How many projects it leads to.</summary>
    public int Projects { get; init; }

    /// <summary>What a removal does not end: open membership, single sign-on, another way; null for nothing.</summary>
    public string? Caveat { get; init; }
}

/// <summary>One grant in a campaign.</summary>
public sealed record ReviewItem
{
    /// <summary>Identifies it.</summary>
    public ReviewItemId Id { get; init; }

    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; init; }

    /// <summary>What kind of grant.</summary>
    public GrantKind Kind { get; init; }

    /// <summary>Who holds it: Sentry's member id, or the ledger's key of a principal that is no person.</summary>
    public required string Principal { get; init; }

    /// <summary>The holder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The holder's address; empty for principals that are no person.</summary>
    public required string Email { get; init; }

    /// <summary>The person the account belongs to; null when nobody is known.</summary>
    public IdentityId? Identity { get; init; }

    /// <summary>The team's id; empty where the grant is in the organization itself.</summary>
    public required string Resource { get; init; }

    /// <summary>The team's or the organization's slug.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The role that was held; the scopes of a principal that is no person.</summary>
    public required string Role { get; init; }

    /// <summary>Others can be governed with it.</summary>
    public bool IsPrivileged { get; init; }

    /// <summary>What the reviewer sees.</summary>
    public required ReviewFacts Facts { get; init; }

    /// <summary>What the facts suggest.</summary>
    public Advice Advice { get; init; }

    /// <summary>Why, with its evidence.</summary>
    public required string AdviceReason { get; init; }

    /// <summary>Against the last completed campaign: new, role changed, same, or first when there was none.</summary>
    public required string Change { get; init; }

    /// <summary>What was decided about it in the last completed campaign; null when it was not in it.</summary>
    public Decision? PreviousDecision { get; init; }

    /// <summary>Why.</summary>
    public string? PreviousReason { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? PreviousAt { get; init; }

    /// <summary>Who reviews it.</summary>
    public AccountId Reviewer { get; init; }

    /// <summary>By which rule: team-admin, manager, named, owner, second, stand-in, reassigned.</summary>
    public required string ReviewerBy { get; init; }

    /// <summary>In which stage it is, from 1.</summary>
    public int Stage { get; init; } = 1;

    /// <summary>All its stages, with what was decided in those before; empty where there is one only.</summary>
    public IReadOnlyList<ItemStage> Stages { get; init; } = [];

    /// <summary>The stages before this one.</summary>
    public IEnumerable<ItemStage> Earlier => Stages.Take(Stage - 1);

    /// <summary>What the reviewer says; a draft until it is submitted. Null when nothing yet.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The role it shall have instead, where the decision changes it.</summary>
    public string? NewRole { get; init; }

    /// <summary>Until when an exception lasts.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When the decision was drafted.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was submitted, and became final; null before.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>What became of it.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>The proof, or what stands against it.</summary>
    public string? OutcomeNote { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? OutcomeAt { get; init; }

    /// <summary>The change in Sentry that carries the decision out; null when none does.</summary>
    public ProvisioningTaskId? Task { get; init; }

    /// <summary>The change that carries a decision out; null when no change in Sentry can.</summary>
    internal IntendedChange? ToChange(Decision decision) => (Kind, decision) switch
    {
        (GrantKind.OrgRole, Reviews.Decision.Revoke) => new(Facts.State is "invited" or "invitation-expired" ? ChangeKind.WithdrawInvitation : ChangeKind.RemoveMember) { Member = Principal },
        (GrantKind.OrgRole, Reviews.Decision.ChangeRole) => new(ChangeKind.ChangeOrgRole) { Member = Principal, Role = NewRole },
        (GrantKind.TeamMembership, Reviews.Decision.Revoke) => new(ChangeKind.LeaveTeam) { Member = Principal, Team = Resource },
        (GrantKind.TeamMembership, Reviews.Decision.ChangeRole) => new(ChangeKind.ChangeTeamRole) { Member = Principal, Team = Resource, Role = NewRole },
        _ => null,
    };
}

/// <summary>How what is kept as text is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReviewScope))]
[JsonSerializable(typeof(ReviewerChoice))]
[JsonSerializable(typeof(ReviewFacts))]
[JsonSerializable(typeof(IReadOnlyList<ReviewerChoice>))]
[JsonSerializable(typeof(IReadOnlyList<ItemStage>))]
internal sealed partial class ReviewJson : JsonSerializerContext;
