using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Reviews;

namespace Watchbill.Server.Syncing;

/// <summary>Starts reviews whose time has come, reminds reviewers, closes those whose time is up, and follows the closed ones until everything is proven. What is due is always read from the database.</summary>
internal sealed partial class ReviewWorker(
    StartCampaign start, RemindReviewers remind, CloseCampaign close, CompleteCampaign complete, TimeProvider clock, ILogger<ReviewWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        while (await timer.TickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Broke(log, exception);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (campaign, refusal) in await start.RunDueAsync(cancellationToken))
        {
            Started(log, campaign, refusal?.Message ?? "started");
        }

        foreach (var campaign in await remind.RunDueAsync(cancellationToken))
        {
            Reminded(log, campaign);
        }

        foreach (var campaign in await close.DueAsync(cancellationToken))
        {
            await close.RunAsync(campaign, Caller.System, cancellationToken);
            Closed(log, campaign);
        }

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

    [LoggerMessage(EventId = 1032, Level = LogLevel.Information, Message = "Review {Campaign} is closed: its time was up.")]
    private static partial void Closed(ILogger log, CampaignId campaign);

    [LoggerMessage(EventId = 1033, Level = LogLevel.Information, Message = "Review {Campaign} is completed.")]
    private static partial void Completed(ILogger log, CampaignId campaign);

    [LoggerMessage(EventId = 1034, Level = LogLevel.Error, Message = "Looking after reviews broke; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
