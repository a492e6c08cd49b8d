namespace Watchbill.Sentry.Simulator;

/// <summary>
/// Fixed windows aligned to the epoch plus a concurrency limit, per caller, endpoint group and method.
/// The member list has a bucket of its own that never allows more than 40 requests a window, as in Sentry.
/// </summary>
/// <param name="Limit">Requests per window and bucket.</param>
/// <param name="Window">Length of a window.</param>
/// <param name="Concurrent">Requests of one bucket that may be under way at the same time.</param>
public sealed record RateLimit(int Limit, TimeSpan Window, int Concurrent)
{
    /// <summary>What third parties observed on sentry.io: 40 requests a second, 25 at a time.</summary>
    public static RateLimit Observed { get; } = new(40, TimeSpan.FromSeconds(1), 25);
}
