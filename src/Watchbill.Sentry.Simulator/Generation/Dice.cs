namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>
/// Repeatable chance (SplitMix64). A stream is named, and may be numbered, so that the n-th row can be computed without the ones before it.
/// </summary>
internal struct Dice
{
    private ulong state;

    public Dice(int seed, string stream, long number = 0)
    {
        state = (ulong)seed * 0x9E3779B97F4A7C15;
        foreach (var letter in stream)
        {
            state = Mix(state ^ letter);
        }

        state = Mix(state ^ (ulong)number);
    }

    /// <summary>The stream of one row within a stream: as good as naming both, without mixing the name again for every row.</summary>
    public Dice(Dice stream, long number) => state = Mix(stream.state ^ (ulong)number);

    /// <summary>A number in [0, 1).</summary>
    public double Roll() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer in [0, bound).</summary>
    public int Below(int bound) => (int)(Roll() * bound);

    public bool Chance(double probability) => Roll() < probability;

    public T Pick<T>(IReadOnlyList<T> options) => options[Below(options.Count)];

    /// <summary>An instant in [from, to), cut to whole microseconds as Sentry's are.</summary>
    public DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to)
    {
        var ticks = (long)((to - from).Ticks * Roll());
        return from.AddTicks(ticks - (ticks % TimeSpan.TicksPerMicrosecond));
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
