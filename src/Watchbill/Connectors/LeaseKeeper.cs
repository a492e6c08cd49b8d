namespace Watchbill.Connectors;

/// <summary>Renews a lease in the background while a run works.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _done = new();
    private readonly Task _loop;

    public LeaseKeeper(Func<CancellationToken, Task<bool>> renew, TimeSpan interval, TimeProvider clock, CancellationTokenSource lost) =>
        _loop = RenewAsync(renew, interval, clock, lost);

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _loop;
        _done.Dispose();
    }

    private async Task RenewAsync(Func<CancellationToken, Task<bool>> renew, TimeSpan interval, TimeProvider clock, CancellationTokenSource lost)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, clock);
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                if (!await renew(_done.Token))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
