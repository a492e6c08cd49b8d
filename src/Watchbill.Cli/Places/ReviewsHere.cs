using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Reviews;

namespace Watchbill.Cli.Places;

/// <summary>Access reviews in the database at hand.</summary>
internal sealed class ReviewsHere(IServiceProvider services, Caller caller) : IReviews
{
    public async Task<Result<IReadOnlyList<CampaignLine>>> ListAsync(CancellationToken cancellationToken) =>
        (await Get<ManageCampaigns>().ListAsync(caller, cancellationToken)).Select<IReadOnlyList<CampaignLine>>(static list => [.. list.Select(Of)]);

    public async Task<Result<CampaignLine>> StartAsync(long review, CancellationToken cancellationToken) =>
        (await Get<StartCampaign>().RunAsync(new CampaignId(review), caller, cancellationToken)).Select(Of);

    public async Task<Result<CampaignLine>> CloseAsync(long review, CancellationToken cancellationToken) =>
        (await Get<CloseCampaign>().RunAsync(new CampaignId(review), caller, cancellationToken)).Select(Of);

    public async Task<Result<CampaignLine>> CompleteAsync(long review, string? reason, CancellationToken cancellationToken) =>
        (await Get<CompleteCampaign>().RunAsync(new CampaignId(review), reason, caller, cancellationToken)).Select(Of);

    public async Task<Result<CampaignLine>> CancelAsync(long review, string reason, CancellationToken cancellationToken) =>
        (await Get<ManageCampaigns>().CancelAsync(new CampaignId(review), reason, caller, cancellationToken)).Select(Of);

    public async Task<Result<ReportLines>> ReportAsync(long review, CancellationToken cancellationToken) =>
        (await Get<CampaignReport>().RunAsync(new CampaignId(review), caller, cancellationToken)).Select(static report => new ReportLines(
            Of(report.Campaign), [.. report.Items.Select(Of)], report.Undecided)
        {
            Reconciles = report.Reconciles,
            PopulationIsIntact = report.PopulationIsIntact,
            RecordSha256 = report.RecordSha256,
        });

    public async Task<Result<ReviewLine>> DecideAsync(long review, DecisionLine decision, CancellationToken cancellationToken)
    {
        var draft = new DraftDecision(new ReviewItemId(decision.Item), Word.Parse<Decision>(decision.Decision)) { Reason = decision.Reason, NewRole = decision.NewRole, Until = decision.Until };
        return (await Get<DecideItems>().DraftAsync(new CampaignId(review), [draft], caller, cancellationToken)).Select(static items => Of(items[0]));
    }

    public async Task<Result<(int Submitted, int Left)>> SubmitAsync(long review, CancellationToken cancellationToken) =>
        (await Get<DecideItems>().SubmitAsync(new CampaignId(review), caller, cancellationToken)).Select(static done => (done.Submitted, done.Left));

    private static CampaignLine Of(Campaign campaign) => new(campaign.Id.Value, campaign.Plan.Name, Word.Of(campaign.State), campaign.PopulationRows)
    {
        StartedAt = campaign.StartedAt,
        DueAt = campaign.DueAt,
        EndedAt = campaign.EndedAt,
        PopulationSha256 = campaign.PopulationSha256,
        Note = campaign.Note,
    };

    private static ReviewLine Of(ReviewItem item) => new(item.Id.Value, Word.Of(item.Kind), item.Name, item.Email, item.ResourceName, item.Role)
    {
        Decision = item.Decision is { } decision ? Word.Of(decision) : null,
        Reason = item.Reason,
        SubmittedAt = item.SubmittedAt,
        Outcome = Word.Of(item.Outcome),
        OutcomeNote = item.OutcomeNote,
        Reviewer = item.Reviewer.Value,
        ChangeInSentry = item.Task?.Value,
    };

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
