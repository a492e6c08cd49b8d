namespace Watchbill.Sentry.Pacing;

/// <summary>
/// Hands out starting times at an even distance, so that no fixed window of Sentry ever sees a burst, and holds everybody back while Sentry
/// says that nothing is left. Times are measured from the start, so a changed clock does not matter.
/// </summary>
internal sealed class Pace(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _interval;
    private TimeSpan _credit;
    private TimeSpan _next;
    private TimeSpan _blockedUntil;

    /// <summary>Grows whenever starting times that were handed out are void.</summary>
    private int _generation;

    /// <param name="goesFirst">Does not line up: starts at once unless nobody may, and the others come later by one.</param>
    /// <param name="cancellationToken">Gives the turn up.</param>
    public async Task WaitForTurnAsync(bool goesFirst, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (turn, generation) = Reserve(goesFirst);
            for (var left = turn - Now; left > TimeSpan.Zero; left = turn - Now)
            {
                // Timers count whole milliseconds; without the added one, the last part would be waited for in a hot loop.
                await Task.Delay(left + TimeSpan.FromMilliseconds(1), clock, cancellationToken);
            }
            lock (_lock)
            {
                if (generation == _generation)
                {
                    return;
                }
            }
        }
    }

    /// <summary>From now on one start each <paramref name="interval"/>; zero lets everybody go at once.</summary>
    /// <param name="interval">The distance between two starts.</param>
    /// <param name="catchUp">How many starts may follow at once after nobody was ready for a while.</param>
    public void Set(TimeSpan interval, int catchUp)
    {
        lock (_lock)
        {
            _interval = interval;
            _credit = interval * catchUp;
        }
    }

    /// <summary>Nobody starts for this long, and those who wait line up again behind it.</summary>
    public void Block(TimeSpan duration)
    {
        lock (_lock)
        {
            var until = Now + duration;
            if (until <= _blockedUntil)
            {
                return;
            }
            _blockedUntil = until;
            _next = until;
            _generation++;
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);

    private (TimeSpan Turn, int Generation) Reserve(bool goesFirst)
    {
        lock (_lock)
        {
            if (goesFirst)
            {
                _next = Max(_next, Now) + _interval;
                return (Max(Now, _blockedUntil), _generation);
            }

            var turn = Max(Max(Now - _credit, _next), _blockedUntil);
            _next = turn + _interval;
            return (turn, _generation);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
