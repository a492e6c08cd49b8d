namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>
/// Instants of numbered rows that fall strictly with the number: every row has a slot of its own and lies somewhere in it. Order by time is
/// then order by number, without sorting anything.
/// </summary>
/// <param name="End">Newest instant; row 0 lies at or before it.</param>
/// <param name="Span">Time that all slots cover together.</param>
/// <param name="Count">Number of slots.</param>
internal readonly record struct Timeline(DateTimeOffset End, TimeSpan Span, int Count)
{
    /// <param name="number">Row number, 0 is the newest.</param>
    /// <param name="within">Place in the slot, in [0, 1).</param>
    public DateTimeOffset At(int number, double within)
    {
        var ticks = (long)(Span.Ticks / (double)Count * (number + within));
        return End.AddTicks(-(ticks - (ticks % TimeSpan.TicksPerMicrosecond)));
    }

    /// <summary>The first row that may lie at or before an instant.</summary>
    public int FirstAtOrBefore(DateTimeOffset instant) =>
        (int)Math.Clamp(((End - instant).Ticks / (Span.Ticks / (double)Count)) - 1, 0, Count);
}
