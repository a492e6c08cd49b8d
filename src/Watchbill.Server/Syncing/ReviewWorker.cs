using Microsoft.Extensions.Logging;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Reviews;
using Watchbill.Reviews.Absences;

namespace Watchbill.Server.Syncing;

/// <summary>Starts reviews whose time has come, reminds reviewers, closes those whose time is up, and follows the closed ones until everything is proven. What is due is always read from the database.</summary>
internal sealed partial class ReviewWorker(
    StartCampaign start, HandOver handOver, RemindReviewers remind, CloseCampaign close, CompleteCampaign complete, TimeProvider clock, ILogger<ReviewWorker> log)
    : StepWorker(TimeSpan.FromSeconds(5), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [StartDueAsync, HandOverAsync, RemindAsync, CloseDueAsync, FollowAsync];

    protected override void OnBroken(Exception exception) => Broke(log, exception);

    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        foreach (var (campaign, refusal) in await start.RunDueAsync(cancellationToken))
        {
            Started(log, campaign, refusal?.Message ?? "started");
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        foreach (var campaign in await handOver.RunDueAsync(cancellationToken))
        {
            HandedOver(log, campaign);
        }
    }

    private async Task RemindAsync(CancellationToken cancellationToken)
    {
        foreach (var campaign in await remind.RunDueAsync(cancellationToken))
        {
            Reminded(log, campaign);
        }
    }

    private async Task CloseDueAsync(CancellationToken cancellationToken)
    {
        foreach (var campaign in await close.DueAsync(cancellationToken))
        {
            await close.RunAsync(campaign, Caller.System, cancellationToken);
            Closed(log, campaign);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        foreach (var campaign in await complete.OpenAsync(cancellationToken))
        {
            if ((await complete.FollowAsync(campaign, cancellationToken)) is { Succeeded: true, Value.State: CampaignState.Completed })
            {
                Completed(log, campaign);
            }
        }
    }

    [LoggerMessage(EventId = 1031, Level = LogLevel.Information, Message = "Review {Campaign}: {Outcome}.")]
    private static partial void Started(ILogger log, CampaignId campaign, string outcome);

    [LoggerMessage(EventId = 1035, Level = LogLevel.Information, Message = "Review {Campaign}: reviewers were reminded.")]
    private static partial void Reminded(ILogger log, CampaignId campaign);

    [LoggerMessage(EventId = 1036, Level = LogLevel.Information, Message = "Review {Campaign}: what was with somebody who is away went to their stand-in.")]
    private static partial void HandedOver(ILogger log, CampaignId campaign);

    [LoggerMessage(EventId = 1032, Level = LogLevel.Information, Message = "Review {Campaign} is closed: its time was up.")]
    private static partial void Closed(ILogger log, CampaignId campaign);

    [LoggerMessage(EventId = 1033, Level = LogLevel.Information, Message = "Review {Campaign} is completed.")]
    private static partial void Completed(ILogger log, CampaignId campaign);

    [LoggerMessage(EventId = 1034, Level = LogLevel.Error, Message = "Looking after reviews broke; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
