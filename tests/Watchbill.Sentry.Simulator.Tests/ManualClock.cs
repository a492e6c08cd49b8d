namespace Watchbill.Sentry.Simulator.Tests;

/// <summary>Time that stands still until a test moves it. Delays complete at once, having moved it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 17, 9, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan step) => now += step;
}
