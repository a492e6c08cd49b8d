using Watchbill.Sentry.Pacing;

namespace Watchbill.Sentry;

/// <summary>
/// What several clients use together of Sentry's limits. Sentry counts all requests of one caller in one bucket, whatever they are for: give every client
/// of the same organization and token the same budget, and they share it instead of each taking all of it. Thread-safe.
/// </summary>
public sealed class SentryBudget
{
    /// <param name="share">The part of the rate limit, 0.05 to 1.</param>
    /// <param name="maxConcurrency">The most requests in flight at once, whatever Sentry would allow.</param>
    /// <param name="clock">What time it is; null for the system's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public SentryBudget(double share = 0.7, int maxConcurrency = 25, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        Rate = new RateBudget(Checked(share), maxConcurrency, clock ?? TimeProvider.System);
    }

    /// <summary>The part of the rate limit; a change counts from the next answer on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside 0.05 to 1.</exception>
    public double Share
    {
        get => Rate.Share;
        set => Rate.Share = Checked(value);
    }

    /// <summary>What the latest answer said of the limits; null before any did.</summary>
    public SentryLimits? Limits => Rate.LastLimits;

    internal RateBudget Rate { get; }

    private static double Checked(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0.05);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return share;
    }
}
