using System.Security.Cryptography;

namespace Watchbill.Sentry.Transport;

/// <summary>Decides whether a failed attempt is followed by another, and after what pause. Only reads are repeated: a write may have happened.</summary>
internal sealed class RetrySchedule(SentryClientOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly long _start = options.Clock.GetTimestamp();

    /// <summary>Null when the failure is final: not transient, no attempt left, or the pause would end after the deadline.</summary>
    public TimeSpan? PauseAfter(SentryRequest request, SentryException failure, int attempt)
    {
        if (!request.IsRead || !failure.IsTransient || attempt >= options.MaxAttempts)
        {
            return null;
        }
        var growing = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempt - 1, 20)));
        var asked = failure.RetryAfter ?? TimeSpan.Zero;
        var pause = (asked > growing ? asked : growing) + Jitter(growing);
        return options.Clock.GetElapsedTime(_start) + pause <= options.RetryDeadline ? pause : null;
    }

    /// <summary>Up to half of the pause on top, so that clients refused together do not come back together.</summary>
    private static TimeSpan Jitter(TimeSpan pause) => pause * (RandomNumberGenerator.GetInt32(0, 501) / 1000.0);
}
