using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>
/// Fixed windows aligned to the epoch, then concurrency. A bucket belongs to a caller and a method; only views with limits of their own
/// have buckets of their own. Integrations share one bucket per organization; credentials without a user are counted by address.
/// </summary>
internal sealed class RateLimiter(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Null lets everything through without headers.</summary>
    public RateLimit? Limit { get; set; }

    public bool BareStringBody { get; set; }

    /// <summary>
    /// Counts a request. The pass must be disposed when the request is over; <see cref="Pass.Refusal"/> is the 429, if it is one.
    /// </summary>
    public Pass Enter(Route? route, string method, Caller caller, string? ipAddress)
    {
        if (Limit is not { } limit)
        {
            return new Pass(null, null, []);
        }

        var key = $"{Identity(caller, ipAddress)}:{route?.OwnLimit}:{method}";
        var allowed = Math.Min(limit.Limit, route?.OwnLimitRequests ?? int.MaxValue);
        return buckets.GetOrAdd(key, _ => new Bucket()).Enter(limit with { Limit = allowed }, clock.GetUtcNow(), BareStringBody);
    }

    public void Reset() => buckets.Clear();

    private static string Identity(Caller caller, string? ipAddress) => caller switch
    {
        { IsApp: true } => "org:" + caller.Token!.Organization!.Id.ToString(CultureInfo.InvariantCulture),
        { User: { } user } => "user:" + user.Id.ToString(CultureInfo.InvariantCulture),
        _ => "ip:" + ipAddress,
    };

    /// <summary>One caller's count.</summary>
    internal sealed class Bucket
    {
        private readonly Lock gate = new();
        private long window = -1;
        private int used;
        private int underWay;

        public Pass Enter(RateLimit limit, DateTimeOffset now, bool bareString)
        {
            var current = now.UtcTicks / limit.Window.Ticks;
            lock (gate)
            {
                used = current == window ? used + 1 : 1;
                window = current;
                if (used > limit.Limit)
                {
                    return new Pass(null, Refuse(TooMany(limit), bareString), Headers(limit, current));
                }

                if (underWay >= limit.Concurrent)
                {
                    return new Pass(null, Refuse(TooConcurrent(limit), bareString), Headers(limit, current));
                }

                underWay++;
                return new Pass(this, null, Headers(limit, current));
            }
        }

        public void Leave()
        {
            lock (gate)
            {
                underWay--;
            }
        }

        private static string TooMany(RateLimit limit) =>
            $"You are attempting to use this endpoint too frequently. Limit is {limit.Limit} requests in {Math.Max(1, (int)limit.Window.TotalSeconds)} seconds";

        private static string TooConcurrent(RateLimit limit) =>
            $"You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is {limit.Concurrent}";

        // Sentry leaves the content type of this answer at its default.
        private static Answer Refuse(string message, bool bareString)
        {
            var text = JsonEncodedText.Encode(message).ToString();
            return Answer.Text(429, bareString ? $"\"{text}\"" : $"{{\"detail\":\"{text}\"}}", "text/html; charset=utf-8");
        }

        private KeyValuePair<string, string>[] Headers(RateLimit limit, long current)
        {
            var end = new DateTimeOffset((current + 1) * limit.Window.Ticks, TimeSpan.Zero);
            return
            [
                Header("Limit", limit.Limit),
                Header("Remaining", Math.Max(0, limit.Limit - used)),
                Header("Reset", (long)Math.Ceiling((end - DateTimeOffset.UnixEpoch).TotalSeconds)),
                Header("ConcurrentLimit", limit.Concurrent),
                Header("ConcurrentRemaining", Math.Max(0, limit.Concurrent - underWay)),
            ];
        }

        private static KeyValuePair<string, string> Header(string name, long value) =>
            KeyValuePair.Create("X-Sentry-Rate-Limit-" + name, value.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>A request that was counted.</summary>
internal sealed record Pass(RateLimiter.Bucket? Bucket, Answer? Refusal, IReadOnlyList<KeyValuePair<string, string>> Headers) : IDisposable
{
    public void Dispose() => Bucket?.Leave();
}
