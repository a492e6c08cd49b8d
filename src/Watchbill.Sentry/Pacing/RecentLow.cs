namespace Watchbill.Sentry.Pacing;

/// <summary>
/// The lowest limit of the last ten to twenty seconds. Some endpoints have a lower limit of their own; while such a one is in use, the pace
/// follows it instead of jumping with every answer.
/// </summary>
internal sealed class RecentLow(TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private long _periodStart = clock.GetTimestamp();
    private int _previous = int.MaxValue;
    private int _current = int.MaxValue;

    public int Note(int value)
    {
        if (clock.GetElapsedTime(_periodStart) >= Period)
        {
            (_previous, _current) = (_current, int.MaxValue);
            _periodStart = clock.GetTimestamp();
        }
        _current = Math.Min(_current, value);
        return Math.Min(_previous, _current);
    }
}
