namespace Watchbill.Sentry.Pacing;

/// <summary>
/// How many requests may be under way at once where Sentry names no limit, as self-hosted installations do: slowly more while answers come as quickly as
/// they did, quickly fewer when they become slow or fail. Slow is measured against the best of the same address, because some take long by nature.
/// </summary>
internal sealed class AdaptiveConcurrency(int most)
{
    private const double AtFirst = 4;
    private const double AfterFailure = 0.5;
    private const double WhenSlow = 0.8;

    /// <summary>So much slower than the best is no chance any more.</summary>
    private const double Slow = 3;

    /// <summary>Below this nothing is called slow: it is the network, not the server.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, Latency> _latencies = [];
    private double _allowed = Math.Min(AtFirst, most);
    private int _answersToWait;

    public int Allowed => (int)_allowed;

    /// <summary>Learns from one request.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="isOverload">It was refused or not answered because there was too much to do.</param>
    public void Note(string kind, TimeSpan took, bool isOverload)
    {
        var isSlow = !isOverload && IsSlow(kind, took);
        if (_answersToWait > 0)
        {
            // What was under way before the last change says nothing about it.
            _answersToWait--;
        }
        else if (isOverload || isSlow)
        {
            _answersToWait = Allowed;
            _allowed = Math.Max(1, _allowed * (isOverload ? AfterFailure : WhenSlow));
        }
        else
        {
            _allowed = Math.Min(most, _allowed + (1 / _allowed));
        }
    }

    private bool IsSlow(string kind, TimeSpan took)
    {
        var before = _latencies.GetValueOrDefault(kind) ?? new Latency(took, took);
        var now = new Latency(took < before.Best ? took : before.Best, (before.Recent * 0.8) + (took * 0.2));
        _latencies[kind] = now;
        return now.Recent > Quick && now.Recent > now.Best * Slow;
    }

    private sealed record Latency(TimeSpan Best, TimeSpan Recent);
}
