namespace Watchbill.Sentry.Pacing;

/// <summary>
/// Steers how fast clients ask that share it. Sentry counts requests in fixed windows and requests at once; both limits are learned from its answers and a
/// share of them is used. Where Sentry names no limit, the number of requests at once follows how quickly it answers.
/// </summary>
internal sealed class RateBudget(double share, int maxConcurrency, TimeProvider clock)
{
    private double _share = share;

    private const int ConcurrencyBeforeFirstAnswer = 4;

    /// <summary>
    /// More is never used, not even of a full share: starts are spread evenly, but they arrive with some jitter. Of 40 a second, the 41st would have to come 20 ms early to be one too many.
    /// </summary>
    private const double MostOfLimit = 0.98;

    private const int MostCatchUp = 4;

    /// <summary>A reset further away than this tells of a longer window. Closer ones are rounding: both clocks in an answer count whole seconds.</summary>
    private static readonly TimeSpan ClearlyLongerWindow = TimeSpan.FromSeconds(3);

    /// <summary>No answer may hold the client back for longer, whatever it claims.</summary>
    private static readonly TimeSpan LongestBlock = TimeSpan.FromMinutes(2);

    private readonly ConcurrencyGate _gate = new(Math.Min(ConcurrencyBeforeFirstAnswer, maxConcurrency));
    private readonly Pace _pace = new(clock);
    private readonly Lock _lock = new();
    private readonly RecentLow _limit = new(clock);
    private readonly AdaptiveConcurrency _adaptive = new(maxConcurrency);
    private TimeSpan _window = TimeSpan.FromSeconds(1);

    /// <summary>The limits of the latest answer that named any.</summary>
    public SentryLimits? LastLimits { get; private set; }

    /// <summary>How many requests may be under way at once, as far as is known by now.</summary>
    public int Concurrency => _gate.Capacity;

    /// <summary>The part of the limits that is used.</summary>
    public double Share
    {
        get => Volatile.Read(ref _share);
        set => Volatile.Write(ref _share, value);
    }

    /// <summary>Waits until a request may start. Every return must be followed by <see cref="Leave"/>.</summary>
    /// <param name="goesFirst">Somebody waits for it: it starts before whatever only fills a table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task EnterAsync(bool goesFirst, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(goesFirst, cancellationToken);
        try
        {
            await _pace.WaitForTurnAsync(goesFirst, cancellationToken);
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
            ResizeLocked();
        }
    }

    /// <summary>Learns from how a request went, which counts where Sentry names no limit.</summary>
    /// <inheritdoc cref="AdaptiveConcurrency.Note"/>
    public void Note(string kind, TimeSpan took, bool isOverload)
    {
        lock (_lock)
        {
            _adaptive.Note(kind, took, isOverload);
            ResizeLocked();
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

    private void ResizeLocked()
    {
        var concurrency = LastLimits?.ConcurrentLimit is { } allowed ? (int)(allowed * Share) : _adaptive.Allowed;
        _gate.Resize(Math.Clamp(concurrency, 1, maxConcurrency));
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
        var starts = limit * Math.Min(Share, MostOfLimit);
        _pace.Set(_window / starts, catchUp: Math.Clamp((int)(limit - starts) - 1, 0, MostCatchUp));
    }

    private static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestBlock ? LongestBlock : time;
}
