namespace Watchbill.Kernel;

/// <summary>Waiting for the next turn.</summary>
public static class PeriodicTimers
{
    /// <summary>Waits for the next tick.</summary>
    /// <returns>False when it was cancelled: whoever waits ends in good order.</returns>
    public static async Task<bool> TickAsync(this PeriodicTimer timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
