namespace Watchbill.Cli.Demo;

/// <summary>
/// The simulated Sentry's clock. It stands still while the organization is generated and its past days are played again, so that every
/// run sees the same dates; then it goes with the real one.
/// </summary>
internal sealed class DemoClock(TimeProvider real) : TimeProvider
{
    private DateTimeOffset? _fixed;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _fixed ?? real.GetUtcNow();

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Stands still at an instant; null lets it go.</summary>
    public void StandAt(DateTimeOffset? moment) => _fixed = moment;
}
