using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about access reviews, wherever Watchbill is.</summary>
internal interface IReviews
{
    Task<Result<IReadOnlyList<CampaignLine>>> ListAsync(CancellationToken cancellationToken);

    Task<Result<CampaignLine>> StartAsync(long review, CancellationToken cancellationToken);

    Task<Result<CampaignLine>> CloseAsync(long review, CancellationToken cancellationToken);

    Task<Result<CampaignLine>> CompleteAsync(long review, string? reason, CancellationToken cancellationToken);

    Task<Result<CampaignLine>> CancelAsync(long review, string reason, CancellationToken cancellationToken);

    Task<Result<ReportLines>> ReportAsync(long review, CancellationToken cancellationToken);

    /// <summary>Keeps a decision as a draft; only with an account, so only through a server.</summary>
    Task<Result<ReviewLine>> DecideAsync(long review, DecisionLine decision, CancellationToken cancellationToken);

    /// <summary>Makes all drafts of the caller final.</summary>
    Task<Result<(int Submitted, int Left)>> SubmitAsync(long review, CancellationToken cancellationToken);
}

/// <summary>A review in a list.</summary>
internal sealed record CampaignLine(long Id, string Name, string State, int Rows)
{
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? PopulationSha256 { get; init; }

    public string? Note { get; init; }
}

/// <summary>One grant in a review.</summary>
internal sealed record ReviewLine(long Id, string Kind, string Name, string Email, string Resource, string Role)
{
    public string? Decision { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public required string Outcome { get; init; }

    public string? OutcomeNote { get; init; }

    public long Reviewer { get; init; }

    public long? ChangeInSentry { get; init; }
}

/// <summary>The report of a review.</summary>
internal sealed record ReportLines(CampaignLine Campaign, IReadOnlyList<ReviewLine> Items, int Undecided)
{
    public required bool Reconciles { get; init; }

    public required bool PopulationIsIntact { get; init; }

    public required string RecordSha256 { get; init; }
}

/// <summary>What a reviewer says about one item.</summary>
internal sealed record DecisionLine(long Item, string Decision)
{
    public string? Reason { get; init; }

    public string? NewRole { get; init; }

    public DateTimeOffset? Until { get; init; }
}
