using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Api;
using Watchbill.Notifications;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Server.People;

/// <summary>
/// What is done for people beside their requests: mail goes out, last uses are written, what has ended is swept. Everything due is read from the
/// database; a server that dies leaves it to the next one.
/// </summary>
internal sealed partial class PeopleWorker(SendMail mail, SendDigests digests, LastUses uses, SweepPeople sweep, IdempotencyKeys keys, TimeProvider clock, ILogger<PeopleWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweepAt = clock.GetUtcNow() + SweepEvery;
        using var timer = new PeriodicTimer(Poll, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await GuardAsync(() => uses.WriteAsync(stoppingToken));
                await GuardAsync(() => digests.RunAsync(stoppingToken));
                await GuardAsync(() => SendAsync(stoppingToken));
                if (clock.GetUtcNow() >= sweepAt)
                {
                    sweepAt = clock.GetUtcNow() + SweepEvery;
                    await GuardAsync(() => sweep.RunAsync(stoppingToken));
                    await GuardAsync(() => mail.SweepAsync(stoppingToken));
                    await GuardAsync(() => keys.SweepAsync(stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (await mail.RunAsync(cancellationToken) > 0)
        {
            // A full batch may have left more; an empty one ends it.
        }
    }

    /// <summary>Nothing that goes wrong once may end the worker.</summary>
    private async Task GuardAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (DatabaseUnavailableException exception)
        {
            DatabaseGone(log, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            StepBroke(log, exception);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Doing what is due for people: {Problem}")]
    private static partial void DatabaseGone(ILogger log, string problem);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "Doing what is due for people broke.")]
    private static partial void StepBroke(ILogger log, Exception exception);
}
