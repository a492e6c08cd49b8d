namespace Watchbill.Sentry.Simulator.Control;

/// <summary>Body of <c>PUT /_simulator/limits</c>; a limit of 0 switches the limiter off.</summary>
internal sealed record LimitsChange(int Limit, int WindowMilliseconds = 1000, int Concurrent = 25)
{
    public RateLimit? ToRateLimit() => Limit == 0 ? null : new RateLimit(Limit, TimeSpan.FromMilliseconds(WindowMilliseconds), Concurrent);
}

/// <summary>Body of <c>PUT /_simulator/latency</c>.</summary>
internal sealed record LatencyChange(int Milliseconds, int JitterMilliseconds = 0)
{
    public void Apply(Simulation simulation) =>
        (simulation.Latency, simulation.Jitter) = (TimeSpan.FromMilliseconds(Milliseconds), TimeSpan.FromMilliseconds(JitterMilliseconds));
}

/// <summary>Answer of <c>GET /_simulator/requests</c>.</summary>
internal sealed record RequestSummary(int Total, int TooManyRequests, IReadOnlyDictionary<string, int> ByRoute, IReadOnlyList<LoggedRequest> Entries)
{
    public static RequestSummary Of(RequestLog log) => new(log.Total, log.TooManyRequests, log.ByRoute, log.Entries);
}
