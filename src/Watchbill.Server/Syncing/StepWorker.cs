using Microsoft.Extensions.Hosting;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>Does several things one after the other, again and again. What goes wrong in one keeps no other one waiting, and is tried again.</summary>
internal abstract class StepWorker(TimeSpan poll, TimeProvider clock) : BackgroundService
{
    /// <summary>What is done, in order.</summary>
    protected abstract IReadOnlyList<Func<CancellationToken, Task>> Steps { get; }

    /// <summary>Notes that a step broke.</summary>
    protected abstract void OnBroken(Exception exception);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(poll, clock);
        while (await timer.TickAsync(stoppingToken))
        {
            foreach (var step in Steps)
            {
                try
                {
                    await step(stoppingToken);
                }
                catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception)
                {
                    OnBroken(exception);
                }
            }
        }
    }
}
