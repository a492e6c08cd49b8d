using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Counts requests, in all and for the scope on whose behalf they are sent.</summary>
internal sealed class RequestMeter(TimeProvider clock)
{
    private readonly AsyncLocal<Count?> _scope = new();
    private int _total;
    private int _answered;
    private long _skew;

    /// <summary>All attempts so far.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>Attempts that did not have to be sent again.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>How far Sentry's clock was from this one at most, to the second and without direction.</summary>
    public TimeSpan ClockSkew => TimeSpan.FromTicks(Interlocked.Read(ref _skew));

    /// <summary>The client calls this after every attempt, within the flow of the call that caused it.</summary>
    public void OnExchange(SentryExchange exchange)
    {
        Interlocked.Increment(ref _total);
        if (exchange.Failure is null)
        {
            Interlocked.Increment(ref _answered);
        }

        if (exchange.ServerTime is { } told)
        {
            Widen((told - clock.GetUtcNow()).Duration());
        }

        if (_scope.Value is { } count)
        {
            Interlocked.Increment(ref count.Requests);
        }
    }

    /// <summary>An answer is told to the second and was on its way: only what is beyond that counts.</summary>
    private void Widen(TimeSpan apart)
    {
        var beyond = Math.Max(0, apart.Ticks - TimeSpan.TicksPerSecond);
        for (var known = Interlocked.Read(ref _skew); beyond > known; known = Interlocked.Read(ref _skew))
        {
            if (Interlocked.CompareExchange(ref _skew, beyond, known) == known)
            {
                return;
            }
        }
    }

    /// <summary>From here on, requests of this flow count for one scope.</summary>
    public Count Begin() => _scope.Value = new Count();

    /// <summary>The requests of one scope.</summary>
    internal sealed class Count
    {
        internal int Requests;
    }
}
