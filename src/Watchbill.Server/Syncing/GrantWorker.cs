using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Kernel;
using Watchbill.Requests;

namespace Watchbill.Server.Syncing;

/// <summary>Begins and ends temporary access on time, warns before, ends what nobody answered. What is due is always read from the database, so an end that fell into a time without a server comes at its start.</summary>
internal sealed partial class GrantWorker(KeepGrants grants, DecideRequests requests, TimeProvider clock, ILogger<GrantWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        while (await timer.TickAsync(stoppingToken))
        {
            foreach (var step in (Func<CancellationToken, Task<int>>[])[grants.RunDueAsync, grants.MendAsync, grants.WarnAsync, requests.RunDueAsync])
            {
                try
                {
                    if (await step(stoppingToken) is > 0 and var done)
                    {
                        Done(log, step.Method.Name, done);
                    }
                }
                catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception)
                {
                    // What goes wrong in one step keeps no other one waiting.
                    Broke(log, exception);
                }
            }
        }
    }

    [LoggerMessage(EventId = 1041, Level = LogLevel.Information, Message = "Temporary access, {Step}: {Count}.")]
    private static partial void Done(ILogger log, string step, int count);

    [LoggerMessage(EventId = 1042, Level = LogLevel.Error, Message = "Looking after temporary access broke; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
