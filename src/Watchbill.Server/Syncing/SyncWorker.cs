using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>
/// Does the syncs that were asked for, by people and by schedules. What is due is always read from the database, so nothing is lost when this
/// process ends; asked to stop, it leaves the runs for the next one without marking anything as failed.
/// </summary>
internal sealed partial class SyncWorker(SyncQueue queue, ServerOptions options, TimeProvider clock, ILogger<SyncWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookForOrphans = TimeSpan.FromSeconds(30);

    private readonly List<Task> _running = [];
    private Task<bool>? _tick;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var orphansAt = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Poll, clock);
        try
        {
            do
            {
                if (clock.GetUtcNow() >= orphansAt)
                {
                    orphansAt = clock.GetUtcNow() + LookForOrphans;
                    await GuardAsync(() => queue.TakeUpOrphansAsync(stoppingToken));
                }

                await GuardAsync(() => StartAsync(stoppingToken, stoppingToken));
            }
            while (await WaitAsync(timer, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        await Task.WhenAll(_running);
    }

    /// <summary>Waits for the next look. Where all hands are full, the first that is free takes what waits, at once.</summary>
    private async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        _tick ??= timer.WaitForNextTickAsync(stoppingToken).AsTask();
        if (_running.Count >= options.ParallelSyncs && await Task.WhenAny([_tick, .. _running]) != _tick)
        {
            return true;
        }

        var goesOn = await _tick;
        _tick = null;
        return goesOn;
    }

    /// <summary>Starts what is due, as much as may run side by side.</summary>
    private async Task StartAsync(CancellationToken claiming, CancellationToken running)
    {
        _running.RemoveAll(static task => task.IsCompleted);
        while (_running.Count < options.ParallelSyncs && await queue.ClaimAsync(claiming) is { } claim)
        {
            _running.Add(Task.Run(() => RunAsync(claim, running), CancellationToken.None));
        }
    }

    private async Task RunAsync(SyncClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            var result = await queue.RunAsync(claim, cancellationToken);
            if (result.Succeeded)
            {
                RunEnded(log, result.Value.Id, claim.Connector, result.Value.State);
            }
            else
            {
                RunRefused(log, claim.Connector, result.Refusal!.Code);
            }
        }
        catch (OperationCanceledException)
        {
            RunStopped(log, claim.Connector);
        }
        catch (Exception exception)
        {
            RunBroke(log, claim.Connector, exception);
        }
    }

    /// <summary>A database that cannot be reached for a while must not end the worker, nor may anything else.</summary>
    private async Task GuardAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            DatabaseGone(log, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Run {Run} of source {Connector} ended: {State}.")]
    private static partial void RunEnded(ILogger log, SyncRunId run, ConnectorId connector, SyncRunState state);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "Source {Connector} was not read: {Code}.")]
    private static partial void RunRefused(ILogger log, ConnectorId connector, string code);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information, Message = "The run of source {Connector} was stopped; it goes on at the next start.")]
    private static partial void RunStopped(ILogger log, ConnectorId connector);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Error, Message = "The run of source {Connector} broke.")]
    private static partial void RunBroke(ILogger log, ConnectorId connector, Exception exception);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "Looking for syncs that are due: {Problem}")]
    private static partial void DatabaseGone(ILogger log, string problem);
}
