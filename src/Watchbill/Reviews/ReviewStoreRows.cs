using System.Text.Json;
using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>A row of the campaigns' table.</summary>
internal sealed record CampaignRow
{
    public CampaignId Id { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public required string Name { get; init; }

    public string? Instructions { get; init; }

    public CampaignState State { get; init; }

    public required string Scope { get; init; }

    public required string Reviewers { get; init; }

    public string Later { get; init; } = "[]";

    public Unanswered Unanswered { get; init; }

    public AccountId Owner { get; init; }

    public int Days { get; init; }

    public int? RepeatsEveryMonths { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When reviewers were last reminded; null before.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    public int PopulationRows { get; init; }

    public string? PopulationSha256 { get; init; }

    public CampaignId? Previous { get; init; }

    public string? Note { get; init; }

    public long Version { get; init; }

    public static CampaignRow Of(CampaignDraft plan, DateTimeOffset now) => new CampaignRow { Name = "", Scope = "", Reviewers = "", CreatedAt = now }.With(plan);

    public CampaignRow With(CampaignDraft plan) => this with
    {
        ConnectorId = plan.Connector,
        Name = plan.Name.Trim(),
        Instructions = string.IsNullOrWhiteSpace(plan.Instructions) ? null : plan.Instructions.Trim(),
        State = plan.StartsAt is null ? CampaignState.Draft : CampaignState.Scheduled,
        Scope = JsonSerializer.Serialize(plan.Scope, ReviewJson.Default.ReviewScope),
        Reviewers = JsonSerializer.Serialize(plan.Reviewers, ReviewJson.Default.ReviewerChoice),
        Later = JsonSerializer.Serialize(plan.Later, ReviewJson.Default.IReadOnlyListReviewerChoice),
        Unanswered = plan.Unanswered,
        Owner = plan.Owner,
        Days = plan.Days,
        RepeatsEveryMonths = plan.RepeatsEveryMonths,
        StartsAt = plan.StartsAt,
    };

    public Campaign ToCampaign() => new()
    {
        Id = Id,
        Plan = new CampaignDraft
        {
            Connector = ConnectorId,
            Name = Name,
            Instructions = Instructions,
            Scope = JsonSerializer.Deserialize(Scope, ReviewJson.Default.ReviewScope)!,
            Reviewers = JsonSerializer.Deserialize(Reviewers, ReviewJson.Default.ReviewerChoice)!,
            Later = JsonSerializer.Deserialize(Later, ReviewJson.Default.IReadOnlyListReviewerChoice)!,
            Unanswered = Unanswered,
            Owner = Owner,
            Days = Days,
            RepeatsEveryMonths = RepeatsEveryMonths,
            StartsAt = StartsAt,
        },
        State = State,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        DueAt = DueAt,
        ClosedAt = ClosedAt,
        EndedAt = EndedAt,
        ReadAt = ReadAt,
        PopulationRows = PopulationRows,
        PopulationSha256 = PopulationSha256,
        Previous = Previous,
        Note = Note,
    };
}

/// <summary>A row of the items' table.</summary>
internal sealed record ReviewItemRow
{
    public ReviewItemId Id { get; init; }

    public CampaignId CampaignId { get; init; }

    public GrantKind Kind { get; init; }

    public required string Principal { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public IdentityId? IdentityId { get; init; }

    public required string Resource { get; init; }

    public required string ResourceName { get; init; }

    public required string Role { get; init; }

    public bool IsPrivileged { get; init; }

    public required string Facts { get; init; }

    public Advice Advice { get; init; }

    public required string AdviceReason { get; init; }

    public required string Change { get; init; }

    public Decision? PreviousDecision { get; init; }

    public string? PreviousReason { get; init; }

    public DateTimeOffset? PreviousAt { get; init; }

    public AccountId Reviewer { get; init; }

    public required string ReviewerBy { get; init; }

    public int Stage { get; init; } = 1;

    /// <summary>Null where there is one stage only.</summary>
    public string? Stages { get; init; }

    public Decision? Decision { get; init; }

    public string? Reason { get; init; }

    public string? NewRole { get; init; }

    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public Outcome Outcome { get; init; }

    public string? OutcomeNote { get; init; }

    public DateTimeOffset? OutcomeAt { get; init; }

    public ProvisioningTaskId? TaskId { get; init; }

    public static ReviewItemRow Of(ReviewItem item) => new()
    {
        CampaignId = item.Campaign,
        Kind = item.Kind,
        Principal = item.Principal,
        Name = item.Name,
        Email = item.Email,
        IdentityId = item.Identity,
        Resource = item.Resource,
        ResourceName = item.ResourceName,
        Role = item.Role,
        IsPrivileged = item.IsPrivileged,
        Facts = JsonSerializer.Serialize(item.Facts, ReviewJson.Default.ReviewFacts),
        Advice = item.Advice,
        AdviceReason = item.AdviceReason,
        Change = item.Change,
        PreviousDecision = item.PreviousDecision,
        PreviousReason = item.PreviousReason,
        PreviousAt = item.PreviousAt,
        Reviewer = item.Reviewer,
        ReviewerBy = item.ReviewerBy,
        Stage = item.Stage,
        Stages = item.Stages.Count == 0 ? null : JsonSerializer.Serialize(item.Stages, ReviewJson.Default.IReadOnlyListItemStage),
        Outcome = item.Outcome,
    };

    public ReviewItem ToItem() => new()
    {
        Id = Id,
        Campaign = CampaignId,
        Kind = Kind,
        Principal = Principal,
        Name = Name,
        Email = Email,
        Identity = IdentityId,
        Resource = Resource,
        ResourceName = ResourceName,
        Role = Role,
        IsPrivileged = IsPrivileged,
        Facts = JsonSerializer.Deserialize(Facts, ReviewJson.Default.ReviewFacts)!,
        Advice = Advice,
        AdviceReason = AdviceReason,
        Change = Change,
        PreviousDecision = PreviousDecision,
        PreviousReason = PreviousReason,
        PreviousAt = PreviousAt,
        Reviewer = Reviewer,
        ReviewerBy = ReviewerBy,
        Stage = Stage,
        Stages = StagesOf(Stages),
        Decision = Decision,
        Reason = Reason,
        NewRole = NewRole,
        Until = Until,
        DecidedAt = DecidedAt,
        SubmittedAt = SubmittedAt,
        Outcome = Outcome,
        OutcomeNote = OutcomeNote,
        OutcomeAt = OutcomeAt,
        Task = TaskId,
    };

    public static IReadOnlyList<ItemStage> StagesOf(string? stored) => stored is null ? [] : JsonSerializer.Deserialize(stored, ReviewJson.Default.IReadOnlyListItemStage)!;

    /// <summary>The item as the next stage gets it: with what was decided in this one, and nothing decided yet.</summary>
    /// <param name="by">The name of whoever decided.</param>
    public ReviewItemRow PassedOn(string by)
    {
        var stages = StagesOf(Stages).ToList();
        stages[Stage - 1] = new ItemStage(Reviewer, ReviewerBy) { Name = by, Decision = Decision, Reason = Reason, NewRole = NewRole, Until = Until, At = DecidedAt };
        return this with
        {
            Stage = Stage + 1,
            Stages = JsonSerializer.Serialize(stages, ReviewJson.Default.IReadOnlyListItemStage),
            Reviewer = stages[Stage].Reviewer,
            ReviewerBy = stages[Stage].By,
            Decision = null,
            Reason = null,
            NewRole = null,
            Until = null,
            DecidedAt = null,
        };
    }
}

/// <summary>The frozen population of a campaign, as its CSV file.</summary>
internal sealed record PopulationRow
{
    public CampaignId CampaignId { get; init; }

    public required string Content { get; init; }
}

/// <summary>Something that was done in a campaign. Never changed.</summary>
internal sealed record ReviewActionRow
{
    public long Id { get; init; }

    public CampaignId CampaignId { get; init; }

    public ReviewItemId? ItemId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public required string Action { get; init; }

    public string? Details { get; init; }

    public string? Reason { get; init; }
}
