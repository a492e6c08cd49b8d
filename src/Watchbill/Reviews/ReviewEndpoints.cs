using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Reviews;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Reviews;

namespace Watchbill.Reviews;

/// <summary>Access reviews over HTTP. Reviewers need no right of their own: the use cases show them what is theirs, and nothing else.</summary>
internal static class ReviewEndpoints
{
    private const string Tag = "Access reviews";

    public static void Map(RouteGroupBuilder api)
    {
        var reviews = api.MapGroup("/reviews").WithTags(Tag);
        reviews.MapGet("", (ManageCampaigns campaigns, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(campaigns.ListAsync(caller, cancellationToken), static list => (IReadOnlyList<Contract.Campaign>)[.. list.Select(ReviewContracts.Of)]))
            .WithName("listReviews").WithSummary("All reviews, or those in which the caller reviews something; the newest first");
        reviews.MapGet("/{review:long}", (long review, ManageCampaigns campaigns, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(campaigns.FindAsync(new CampaignId(review), caller, cancellationToken), ReviewContracts.Of))
            .WithName("getReview").WithSummary("A review");
        reviews.MapGet("/{review:long}/items", ItemsAsync).WithName("listReviewItems").WithSummary("The grants of a review; only one's own without the right to read access");
        reviews.MapPut("/{review:long}/decisions", DecideAsync).WithName("draftDecisions").WithSummary("Keeps decisions as drafts: all of them, or none; the reviewer's own items only");
        reviews.MapPost("/{review:long}/submit", (long review, DecideItems decide, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(decide.SubmitAsync(new CampaignId(review), caller, cancellationToken), static done => new ReviewSubmission(done.Submitted, done.Left, done.PassedOn)))
            .Idempotent().WithName("submitDecisions").WithSummary("Makes all drafts of the caller final");
        reviews.MapPut("/{review:long}/items/{item:long}/reviewer", (long review, long item, NewReviewer input, ReassignItems reassign, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(
                    reassign.RunAsync((new CampaignId(review), [new ReviewItemId(item)]), new AccountId(input.Reviewer), input.Reason, caller, cancellationToken),
                    static done => ReviewContracts.Of(done.Given[0])))
            .WithName("reassignReviewItem").WithSummary("Gives an item to another reviewer, with a reason");
        reviews.MapGet("/{review:long}/report", (long review, CampaignReport reports, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(reports.RunAsync(new CampaignId(review), caller, cancellationToken), ReviewContracts.Of))
            .Needs(Right.ReadAccess).WithName("getReviewReport").WithSummary("The report as of now, with counts that fit the frozen population; final once the review ended");
        MapManaging(reviews.MapGroup("").Needs(Right.ManageReviews));
    }

    private static void MapManaging(RouteGroupBuilder managing)
    {
        managing.MapPost("", CreateAsync).Idempotent().WithName("createReview").WithSummary("Prepares a review; nothing is frozen yet");
        managing.MapPut("/{review:long}", EditAsync).WithName("editReview").WithSummary("Changes what a review that has not started is made of");
        managing.MapPost("/{review:long}/start", (long review, StartCampaign start, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(start.RunAsync(new CampaignId(review), caller, cancellationToken), ReviewContracts.Of))
            .Idempotent().WithName("startReview").WithSummary("Freezes the population and asks the reviewers; demands a complete read within a day");
        managing.MapPost("/{review:long}/close", (long review, CloseCampaign close, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(close.RunAsync(new CampaignId(review), caller, cancellationToken), ReviewContracts.Of))
            .Idempotent().WithName("closeReview").WithSummary("Ends deciding; what was decided becomes changes in Sentry in the same transaction");
        managing.MapPost("/{review:long}/complete", (long review, ReviewReason input, CompleteCampaign complete, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(complete.RunAsync(new CampaignId(review), input.Reason, caller, cancellationToken), ReviewContracts.Of))
            .Idempotent().WithName("completeReview").WithSummary("Completes a closed review; with a reason where something is left over");
        managing.MapPost("/{review:long}/cancel", (long review, ReviewReason input, ManageCampaigns campaigns, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(campaigns.CancelAsync(new CampaignId(review), input.Reason ?? "", caller, cancellationToken), ReviewContracts.Of))
            .Idempotent().WithName("cancelReview").WithSummary("Ends a review before it is closed, with a reason");
    }

    private static async Task<Results<Created<Contract.Campaign>, ProblemHttpResult>> CreateAsync(CampaignPlan input, ManageCampaigns campaigns, Caller caller, CancellationToken cancellationToken)
    {
        var plan = ReviewContracts.Of(input);
        return plan.Succeeded
            ? await Answers.Created(campaigns.CreateAsync(plan.Value, caller, cancellationToken), static made => $"/api/v1/reviews/{made.Id}", ReviewContracts.Of)
            : Problems.Of(plan.Refusal!);
    }

    private static async Task<Results<Ok<Contract.Campaign>, ProblemHttpResult>> EditAsync(long review, CampaignPlan input, ManageCampaigns campaigns, Caller caller, CancellationToken cancellationToken)
    {
        var plan = ReviewContracts.Of(input);
        return plan.Succeeded
            ? await Answers.Ok(campaigns.EditAsync(new CampaignId(review), plan.Value, caller, cancellationToken), ReviewContracts.Of)
            : Problems.Of(plan.Refusal!);
    }

    private static async Task<Results<Ok<Page<Contract.ReviewItem>>, ProblemHttpResult>> ItemsAsync(
        long review, [AsParameters] ReviewItemQuery query, ManageCampaigns campaigns, Caller caller, HttpContext http)
    {
        var cursor = Cursor.Of(http.Request, query.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        var search = new ItemSearch
        {
            Campaign = new CampaignId(review),
            Reviewer = query.Reviewer is { } reviewer ? new AccountId(reviewer) : null,
            Decision = Word.Parse<Decision>(query.Decision),
            Outcome = Word.Parse<Outcome>(query.Outcome),
            Undecided = query.Undecided is true,
            Text = query.Text,
            Offset = (int)Math.Min(cursor.Value.Position, int.MaxValue),
            Limit = query.Limit ?? PageQuery.DefaultLimit,
        };
        return await Answers.Ok(campaigns.ItemsAsync(search, caller, http.RequestAborted), page => new Page<Contract.ReviewItem>(
            ReviewContracts.Of(page.Items), page.Total, cursor.Value.Behind(page.Items.Count, page.Total, http.Request)));
    }

    private static Task<Results<Ok<IReadOnlyList<Contract.ReviewItem>>, ProblemHttpResult>> DecideAsync(
        long review, ReviewDecisions input, DecideItems decide, Caller caller, CancellationToken cancellationToken)
    {
        DraftDecision[] drafts =
        [
            .. input.Decisions.Select(static one => new DraftDecision(new ReviewItemId(one.Item), Word.Parse<Decision>(one.Decision)) { Reason = one.Reason, NewRole = one.NewRole, Until = one.Until }),
        ];
        return Answers.Ok(decide.DraftAsync(new CampaignId(review), drafts, caller, cancellationToken), ReviewContracts.Of);
    }
}
