namespace Watchbill.Sentry.Pacing;

/// <summary>
/// Steers how fast one client asks. Sentry counts requests in fixed windows and requests at once; both limits are learned from its answers and a
/// share of them is used. Without any limit in sight only the number of requests at once is held down.
/// </summary>
internal sealed class RateBudget(double share, int maxConcurrency, TimeProvider clock)
{
    private const int ConcurrencyBeforeFirstAnswer = 4;
    private const int ConcurrencyWithoutLimit = 8;

    /// <summary>Even a full share keeps this little distance: starts are spread evenly, but they arrive with some jitter.</summary>
    private const double Headroom = 0.97;

    private const int MostCatchUp = 4;

    /// <summary>A reset further away than this tells of a longer window. Closer ones are rounding: both clocks in an answer count whole seconds.</summary>
    private static readonly TimeSpan ClearlyLongerWindow = TimeSpan.FromSeconds(3);

    /// <summary>No answer may hold the client back for longer, whatever it claims.</summary>
    private static readonly TimeSpan LongestBlock = TimeSpan.FromMinutes(2);

    private readonly ConcurrencyGate _gate = new(Math.Min(ConcurrencyBeforeFirstAnswer, maxConcurrency));
    private readonly Pace _pace = new(clock);
    private readonly Lock _lock = new();
    private readonly RecentLow _limit = new(clock);
    private TimeSpan _window = TimeSpan.FromSeconds(1);

    /// <summary>The limits of the latest answer that named any.</summary>
    public SentryLimits? LastLimits { get; private set; }

    /// <summary>How many requests may be under way at once, as far as is known by now.</summary>
    public int Concurrency => _gate.Capacity;

    /// <summary>Waits until a request may start. Every return must be followed by <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            await _pace.WaitForTurnAsync(cancellationToken);
        }
        catch
        {
            _gate.Leave();
            throw;
        }
    }

    public void Leave() => _gate.Leave();

    /// <summary>Learns from an answer.</summary>
    /// <param name="limits">What its headers say; null when they say nothing.</param>
    /// <param name="serverTime">Its date; null when it has none.</param>
    public void Learn(SentryLimits? limits, DateTimeOffset? serverTime)
    {
        lock (_lock)
        {
            LastLimits = limits ?? LastLimits;
            if (limits is not null)
            {
                LearnPaceLocked(limits, serverTime);
            }
            // Only now, because whoever it lets in takes the pace as it stands.
            var concurrency = LastLimits?.ConcurrentLimit is { } allowed ? (int)(allowed * share) : ConcurrencyWithoutLimit;
            _gate.Resize(Math.Clamp(concurrency, 1, maxConcurrency));
        }
    }

    /// <summary>Takes the length of the window from Sentry's own words in a refusal.</summary>
    public void LearnWindow(TimeSpan window)
    {
        lock (_lock)
        {
            _window = window;
        }
    }

    /// <summary>After a refusal: nobody starts for a while.</summary>
    public void Block(TimeSpan duration) => _pace.Block(Bounded(duration));

    /// <summary>
    /// How long until Sentry's window ends. When both clocks agree within the rounding of an answer's date, ours is the finer one; otherwise
    /// only the date of the answer can be compared with the reset.
    /// </summary>
    public TimeSpan UntilReset(DateTimeOffset reset, DateTimeOffset? serverTime)
    {
        var now = clock.GetUtcNow();
        var agrees = serverTime is null || (now - serverTime.Value).Duration() < TimeSpan.FromSeconds(2);
        var left = reset - (agrees ? now : serverTime!.Value);
        return Bounded(left);
    }

    private void LearnPaceLocked(SentryLimits limits, DateTimeOffset? serverTime)
    {
        var untilReset = limits.Reset is { } reset ? UntilReset(reset, serverTime) : TimeSpan.Zero;
        _window = untilReset >= ClearlyLongerWindow && untilReset > _window ? untilReset : _window;
        if (limits.Limit is > 0 and var limit)
        {
            SetPace(_limit.Note(limit));
        }
        if (limits.Remaining == 0 && untilReset > TimeSpan.Zero)
        {
            _pace.Block(untilReset);
        }
    }

    /// <summary>Lost starts are caught up only within what the pace leaves free of the window, and never by more than a few.</summary>
    private void SetPace(int limit)
    {
        var starts = limit * share * Headroom;
        _pace.Set(_window / starts, catchUp: Math.Clamp((int)(limit - starts) - 1, 0, MostCatchUp));
    }

    private static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestBlock ? LongestBlock : time;
}
