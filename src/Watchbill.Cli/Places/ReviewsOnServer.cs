using Watchbill.Contracts.Client;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Reviews;

namespace Watchbill.Cli.Places;

/// <summary>Access reviews on a server.</summary>
internal sealed class ReviewsOnServer(ReviewsClient client) : IReviews
{
    public Task<Result<IReadOnlyList<CampaignLine>>> ListAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<CampaignLine>>(async () => [.. (await client.ListAsync(cancellationToken)).Select(Of)]);

    public Task<Result<CampaignLine>> StartAsync(long review, CancellationToken cancellationToken) => AskAsync(async () => Of(await client.StartAsync(review, cancellationToken)));

    public Task<Result<CampaignLine>> CloseAsync(long review, CancellationToken cancellationToken) => AskAsync(async () => Of(await client.CloseAsync(review, cancellationToken)));

    public Task<Result<CampaignLine>> CompleteAsync(long review, string? reason, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.CompleteAsync(review, new Contract.ReviewReason(reason), cancellationToken)));

    public Task<Result<CampaignLine>> CancelAsync(long review, string reason, CancellationToken cancellationToken) =>
        AskAsync(async () => Of(await client.CancelAsync(review, new Contract.ReviewReason(reason), cancellationToken)));

    public Task<Result<ReportLines>> ReportAsync(long review, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var report = await client.ReportAsync(review, cancellationToken);
        return new ReportLines(Of(report.Campaign), [.. report.Items.Select(Of)], report.Undecided)
        {
            Reconciles = report.Reconciles,
            PopulationIsIntact = report.PopulationIsIntact,
            RecordSha256 = report.RecordSha256,
        };
    });

    public Task<Result<ReviewLine>> DecideAsync(long review, DecisionLine decision, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var one = new Contract.ReviewDecision { Item = decision.Item, Decision = decision.Decision, Reason = decision.Reason, NewRole = decision.NewRole, Until = decision.Until };
        return Of((await client.DecideAsync(review, new Contract.ReviewDecisions([one]), cancellationToken))[0]);
    });

    public Task<Result<(int Submitted, int Left)>> SubmitAsync(long review, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var done = await client.SubmitAsync(review, cancellationToken);
        return (done.Submitted, done.Left);
    });

    private static Task<Result<T>> AskAsync<T>(Func<Task<T>> ask) => WatchbillOnServer.AskAsync(ask);

    private static CampaignLine Of(Contract.Campaign campaign) => new(campaign.Id, campaign.Plan.Name, campaign.State, campaign.PopulationRows)
    {
        StartedAt = campaign.StartedAt,
        DueAt = campaign.DueAt,
        EndedAt = campaign.EndedAt,
        PopulationSha256 = campaign.PopulationSha256,
        Note = campaign.Note,
    };

    private static ReviewLine Of(Contract.ReviewItem item) => new(item.Id, item.Kind, item.Name, item.Email, item.ResourceName, item.Role)
    {
        Decision = item.Decision,
        Reason = item.Reason,
        SubmittedAt = item.SubmittedAt,
        Outcome = item.Outcome,
        OutcomeNote = item.OutcomeNote,
        Reviewer = item.Reviewer,
        ChangeInSentry = item.ChangeInSentry,
    };
}
