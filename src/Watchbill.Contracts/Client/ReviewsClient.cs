using Watchbill.Contracts.Reviews;

namespace Watchbill.Contracts.Client;

/// <summary>Access reviews.</summary>
public sealed class ReviewsClient
{
    private readonly ApiTransport _transport;

    internal ReviewsClient(ApiTransport transport) => _transport = transport;

    /// <summary>All reviews, or those in which the caller reviews something; the newest first.</summary>
    public Task<IReadOnlyList<Campaign>> ListAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Campaign>>("reviews", cancellationToken);

    /// <summary>One review.</summary>
    public Task<Campaign> FindAsync(long review, CancellationToken cancellationToken) => _transport.GetAsync<Campaign>(Path(review), cancellationToken);

    /// <summary>Prepares a review; nothing is frozen yet.</summary>
    public Task<Campaign> CreateAsync(CampaignPlan plan, CancellationToken cancellationToken) => _transport.PostAsync<Campaign>("reviews", plan, cancellationToken);

    /// <summary>Changes what a review that has not started is made of.</summary>
    public Task<Campaign> EditAsync(long review, CampaignPlan plan, CancellationToken cancellationToken) =>
        _transport.SendAsync<Campaign>(new Outgoing(HttpMethod.Put, Path(review)) { Body = plan }, cancellationToken);

    /// <summary>Freezes the population and asks the reviewers.</summary>
    public Task<Campaign> StartAsync(long review, CancellationToken cancellationToken) => _transport.PostAsync<Campaign>($"{Path(review)}/start", body: null, cancellationToken);

    /// <summary>Ends deciding; what was decided is made in Sentry.</summary>
    public Task<Campaign> CloseAsync(long review, CancellationToken cancellationToken) => _transport.PostAsync<Campaign>($"{Path(review)}/close", body: null, cancellationToken);

    /// <summary>Completes a closed review, with a reason where something is left over.</summary>
    public Task<Campaign> CompleteAsync(long review, ReviewReason reason, CancellationToken cancellationToken) => _transport.PostAsync<Campaign>($"{Path(review)}/complete", reason, cancellationToken);

    /// <summary>Ends a review before it is closed.</summary>
    public Task<Campaign> CancelAsync(long review, ReviewReason reason, CancellationToken cancellationToken) => _transport.PostAsync<Campaign>($"{Path(review)}/cancel", reason, cancellationToken);

    /// <summary>A part of the items; only the caller's own for those who may not read access.</summary>
    public Task<Page<ReviewItem>> ItemsAsync(long review, ReviewItemQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<Page<ReviewItem>>($"{Path(review)}/items", query, cancellationToken);

    /// <summary>Keeps decisions as drafts: all of them, or none.</summary>
    public Task<IReadOnlyList<ReviewItem>> DecideAsync(long review, ReviewDecisions decisions, CancellationToken cancellationToken) =>
        _transport.SendAsync<IReadOnlyList<ReviewItem>>(new Outgoing(HttpMethod.Put, $"{Path(review)}/decisions") { Body = decisions }, cancellationToken);

    /// <summary>Makes all drafts of the caller final.</summary>
    public Task<ReviewSubmission> SubmitAsync(long review, CancellationToken cancellationToken) => _transport.PostAsync<ReviewSubmission>($"{Path(review)}/submit", body: null, cancellationToken);

    /// <summary>Gives an item to another reviewer.</summary>
    public Task<ReviewItem> ReassignAsync(long review, long item, NewReviewer reviewer, CancellationToken cancellationToken) =>
        _transport.SendAsync<ReviewItem>(new Outgoing(HttpMethod.Put, $"{Path(review)}/items/{item}/reviewer") { Body = reviewer }, cancellationToken);

    /// <summary>The report as of now; final once the review ended.</summary>
    public Task<ReviewReport> ReportAsync(long review, CancellationToken cancellationToken) => _transport.GetAsync<ReviewReport>($"{Path(review)}/report", cancellationToken);

    /// <summary>When you are away, and who reviews in your place.</summary>
    public Task<Absence> AbsenceAsync(CancellationToken cancellationToken) => _transport.GetAsync<Absence>("me/absence", cancellationToken);

    /// <summary>Says when you are away.</summary>
    public Task<Absence> SetAbsenceAsync(NewAbsence absence, CancellationToken cancellationToken) =>
        _transport.SendAsync<Absence>(new Outgoing(HttpMethod.Put, "me/absence") { Body = absence }, cancellationToken);

    /// <summary>Says that you are not away.</summary>
    public Task EndAbsenceAsync(CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, "me/absence"), cancellationToken);

    private static string Path(long review) => $"reviews/{review}";
}
