namespace Watchbill.Sentry.Transport;

/// <summary>Counts what a client does.</summary>
internal sealed class Tally
{
    private long _requests;
    private long _retries;
    private long _rateLimited;
    private long _waitedTicks;
    private long _bytes;

    public void Count(SentryExchange exchange)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _retries, exchange.Attempt > 1 ? 1 : 0);
        Interlocked.Add(ref _rateLimited, exchange.Status == 429 ? 1 : 0);
        Interlocked.Add(ref _waitedTicks, exchange.Waited.Ticks);
        Interlocked.Add(ref _bytes, exchange.Bytes);
    }

    public SentryStatistics Snapshot(SentryLimits? lastLimits) => new(
        Interlocked.Read(ref _requests), Interlocked.Read(ref _retries), Interlocked.Read(ref _rateLimited),
        TimeSpan.FromTicks(Interlocked.Read(ref _waitedTicks)), Interlocked.Read(ref _bytes), lastLimits);
}
