using Microsoft.Extensions.Hosting;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>
/// Does what is due for connectors: several side by side, for one connector one thing after the other. What is due is always read from the database, so nothing is
/// lost when this process ends.
/// </summary>
internal abstract class ConnectorWorker(TimeSpan poll, int atOnce, TimeProvider clock) : BackgroundService
{
    private readonly Dictionary<ConnectorId, Task> _running = [];

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(poll, clock);
        while (await timer.TickAsync(stoppingToken))
        {
            await RoundAsync(stoppingToken);
        }

        await Task.WhenAll(_running.Values);
    }

    /// <summary>The connectors for which something may be due, those first that were not looked at for the longest time.</summary>
    protected abstract Task<IReadOnlyList<ConnectorId>> DueAsync(CancellationToken cancellationToken);

    /// <summary>Does it.</summary>
    protected abstract Task DoAsync(ConnectorId connector, CancellationToken cancellationToken);

    /// <summary>Notes that doing it broke; it is due again.</summary>
    protected abstract void OnBroken(ConnectorId connector, Exception exception);

    /// <summary>Notes that what is due could not be read; it is read again.</summary>
    protected abstract void OnUnreadable(Exception exception);

    /// <summary>
    /// Goes through all that may be due. For most there is nothing to do, and whoever is done with one takes the next at once. Where that takes longer than a look, the round ends and what is due is
    /// looked at anew.
    /// </summary>
    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var until = clock.GetUtcNow() + poll;
            foreach (var connector in await DueAsync(cancellationToken))
            {
                while (Free() == 0 && clock.GetUtcNow() < until)
                {
                    await Task.WhenAny([.. _running.Values, Task.Delay(until - clock.GetUtcNow(), clock, cancellationToken)]);
                }

                if (Free() == 0)
                {
                    return;
                }

                if (!_running.ContainsKey(connector))
                {
                    _running[connector] = Task.Run(() => RunAsync(connector, cancellationToken), CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception exception)
        {
            OnUnreadable(exception);
        }
    }

    /// <summary>How many more may begin.</summary>
    private int Free()
    {
        foreach (var (connector, _) in _running.Where(static pair => pair.Value.IsCompleted).ToList())
        {
            _running.Remove(connector);
        }

        return atOnce - _running.Count;
    }

    private async Task RunAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(connector, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What was being done is taken up by the next start, or by another process.
        }
        catch (Exception exception)
        {
            OnBroken(connector, exception);
        }
    }
}
