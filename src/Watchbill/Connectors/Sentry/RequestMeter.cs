using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Counts requests, in all and for the scope on whose behalf they are sent.</summary>
internal sealed class RequestMeter
{
    private readonly AsyncLocal<Count?> _scope = new();
    private int _total;
    private int _answered;

    /// <summary>All attempts so far.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>Attempts that did not have to be sent again.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>The client calls this after every attempt, within the flow of the call that caused it.</summary>
    public void OnExchange(SentryExchange exchange)
    {
        Interlocked.Increment(ref _total);
        if (exchange.Failure is null)
        {
            Interlocked.Increment(ref _answered);
        }

        if (_scope.Value is { } count)
        {
            Interlocked.Increment(ref count.Requests);
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
