using Watchbill.Connectors.Sentry;

namespace Watchbill.Connectors;

/// <summary>
/// Writes down how far a run is, so that every process can show it: at most once a second, and only when something moved. What it misses at the
/// end is written by the end itself.
/// </summary>
internal sealed class ProgressRecorder : IProgress<SyncProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lease _lease;
    private readonly SyncRunStore _runs;
    private readonly IProgress<SyncProgress>? _also;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _loop;
    private volatile SyncProgress _latest = new("reading", Scope: null, 0, 0, 0);
    private volatile Func<ReadEffort>? _effort;

    public ProgressRecorder(Lease lease, SyncRunStore runs, IProgress<SyncProgress>? also, TimeProvider clock)
    {
        _lease = lease;
        _runs = runs;
        _also = also;
        _loop = WriteAsync(clock);
    }

    /// <summary>Asks for the requests between two reports too: one long listing reports only when it is read.</summary>
    public void Watch(Func<ReadEffort> effort) => _effort = effort;

    public void Report(SyncProgress value)
    {
        _latest = value;
        _also?.Report(value);
    }

    /// <summary>
    /// Tells the last thing before the end and writes nothing more. Whoever writes beside a long transaction waits for it, on SQLite up to 150 ms longer than it takes,
    /// and whoever disposes waits for that.
    /// </summary>
    public async Task TellLastAsync(SyncProgress value)
    {
        Report(value);
        await _done.CancelAsync();
        await _loop;
        await TryWriteAsync(() => _runs.TellProgressAsync(_lease, Now(), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _loop;
        _done.Dispose();
    }

    private Task WriteAsync(TimeProvider clock) => TryWriteAsync(async () =>
    {
        SyncProgress? written = null;
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(_done.Token))
        {
            var now = Now();
            if (now != written)
            {
                await _runs.TellProgressAsync(_lease, now, _done.Token);
                written = now;
            }
        }
    });

    private async Task TryWriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // The run is over.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nobody sees progress for the rest of this run; the run itself finds out by its own writes whether the database is gone.
        }
    }

    private SyncProgress Now()
    {
        var latest = _latest;
        return _effort?.Invoke() is { } effort && effort.Answered > latest.DoneRequests
            ? latest with { DoneRequests = effort.Answered, PredictedRequests = effort.Predicted }
            : latest;
    }
}
