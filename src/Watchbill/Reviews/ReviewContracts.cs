using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Reviews;

namespace Watchbill.Reviews;

/// <summary>Reviews as the HTTP API has them.</summary>
internal static class ReviewContracts
{
    public static Contract.Campaign Of(Campaign campaign) => new()
    {
        Id = campaign.Id.Value,
        Plan = Of(campaign.Plan),
        State = Word.Of(campaign.State),
        CreatedAt = campaign.CreatedAt,
        StartedAt = campaign.StartedAt,
        DueAt = campaign.DueAt,
        ClosedAt = campaign.ClosedAt,
        EndedAt = campaign.EndedAt,
        ReadAt = campaign.ReadAt,
        PopulationRows = campaign.PopulationRows,
        PopulationSha256 = campaign.PopulationSha256,
        Previous = campaign.Previous?.Value,
        Note = campaign.Note,
    };

    public static Contract.ReviewItem Of(ReviewItem item) => new()
    {
        Id = item.Id.Value,
        Kind = Word.Of(item.Kind),
        Principal = item.Principal,
        Name = item.Name,
        Email = item.Email,
        Resource = item.Resource,
        ResourceName = item.ResourceName,
        Role = item.Role,
        IsPrivileged = item.IsPrivileged,
        State = item.Facts.State,
        LastActive = item.Facts.LastActive,
        Since = item.Facts.Since,
        Caveat = item.Facts.Caveat,
        Advice = Word.Of(item.Advice),
        AdviceReason = item.AdviceReason,
        Change = item.Change,
        PreviousDecision = item.PreviousDecision is { } was ? Word.Of(was) : null,
        Reviewer = item.Reviewer.Value,
        ReviewerBy = item.ReviewerBy,
        Stage = item.Stage,
        Stages = Math.Max(item.Stages.Count, 1),
        Earlier = [.. item.Earlier.Select(static stage => new Contract.EarlierDecision(stage.Reviewer.Value, stage.Decision is { } said ? Word.Of(said) : "") { Reason = stage.Reason, NewRole = stage.NewRole, Until = stage.Until, At = stage.At })],
        Decision = item.Decision is { } decision ? Word.Of(decision) : null,
        Reason = item.Reason,
        NewRole = item.NewRole,
        Until = item.Until,
        SubmittedAt = item.SubmittedAt,
        Outcome = Word.Of(item.Outcome),
        OutcomeNote = item.OutcomeNote,
        ChangeInSentry = item.Task?.Value,
    };

    public static IReadOnlyList<Contract.ReviewItem> Of(IReadOnlyList<ReviewItem> items) => [.. items.Select(Of)];

    public static Contract.ReviewReport Of(ReviewReport report) => new()
    {
        Campaign = Of(report.Campaign),
        Decisions = report.Decisions.ToDictionary(static pair => Word.Of(pair.Key), static pair => pair.Value),
        Undecided = report.Undecided,
        Outcomes = report.Outcomes.ToDictionary(static pair => Word.Of(pair.Key), static pair => pair.Value),
        Reconciles = report.Reconciles,
        PopulationIsIntact = report.PopulationIsIntact,
        RecordSha256 = report.RecordSha256,
        Items = Of(report.Items),
    };

    /// <summary>What somebody sends; a word that is not known is refused.</summary>
    public static Result<CampaignDraft> Of(Contract.CampaignPlan plan)
    {
        var scope = new ReviewScope();
        var kinds = plan.Kinds?.Select(Word.Parse<GrantKind>).ToList();
        var rules = plan.ReviewerRules?.Select(Word.Parse<ReviewerRule>).ToList();
        var later = (plan.Later ?? []).Select(static stage => (Rules: stage.Rules.Select(Word.Parse<ReviewerRule>).ToList(), stage.Named, stage.Second)).ToList();
        if (kinds?.Contains(null) is true || rules?.Contains(null) is true || later.Exists(static stage => stage.Rules.Contains(null)))
        {
            return ReviewRefusals.BadPlan("Kinds are org-role, team-membership and non-human; reviewer rules are manager, team-admin and named.");
        }

        return new CampaignDraft
        {
            Connector = new ConnectorId(plan.Connector),
            Name = plan.Name,
            Instructions = plan.Instructions,
            Scope = scope with
            {
                Kinds = kinds?.OfType<GrantKind>().ToList() ?? scope.Kinds,
                Roles = plan.Roles ?? [],
                Teams = plan.Teams ?? [],
                PrivilegedOnly = plan.PrivilegedOnly,
                InactiveDays = plan.InactiveDays,
                NewOnly = plan.NewOnly,
            },
            Reviewers = new ReviewerChoice { Rules = rules?.OfType<ReviewerRule>().ToList() ?? new ReviewerChoice().Rules, Named = plan.Named ?? [], Second = plan.Second },
            Later = [.. later.Select(static stage => new ReviewerChoice { Rules = [.. stage.Rules.OfType<ReviewerRule>()], Named = stage.Named ?? [], Second = stage.Second })],
            Unanswered = Word.Parse<Unanswered>(plan.Unanswered) ?? Unanswered.Escalate,
            Owner = new AccountId(plan.Owner),
            Days = plan.Days,
            RepeatsEveryMonths = plan.RepeatsEveryMonths,
            StartsAt = plan.StartsAt,
        };
    }

    private static Contract.CampaignPlan Of(CampaignDraft plan) => new()
    {
        Connector = plan.Connector.Value,
        Name = plan.Name,
        Instructions = plan.Instructions,
        Kinds = [.. plan.Scope.Kinds.Select(Word.Of)],
        Roles = plan.Scope.Roles,
        Teams = plan.Scope.Teams,
        PrivilegedOnly = plan.Scope.PrivilegedOnly,
        InactiveDays = plan.Scope.InactiveDays,
        NewOnly = plan.Scope.NewOnly,
        ReviewerRules = [.. plan.Reviewers.Rules.Select(Word.Of)],
        Named = plan.Reviewers.Named,
        Owner = plan.Owner.Value,
        Second = plan.Reviewers.Second,
        Later = [.. plan.Later.Select(static stage => new Contract.ReviewStage { Rules = [.. stage.Rules.Select(Word.Of)], Named = stage.Named, Second = stage.Second })],
        Unanswered = Word.Of(plan.Unanswered),
        Days = plan.Days,
        RepeatsEveryMonths = plan.RepeatsEveryMonths,
        StartsAt = plan.StartsAt,
    };
}
