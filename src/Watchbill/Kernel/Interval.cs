namespace Watchbill.Kernel;

/// <summary>
/// A half-open period of time in UTC: <see cref="From"/> belongs to it, <see cref="To"/> does not.
/// A period without an end is still open.
/// </summary>
/// <param name="From">The first instant of the period.</param>
/// <param name="To">The first instant after the period; null while it is open.</param>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>Whether the period has no end yet.</summary>
    public bool IsOpen => To is null;

    /// <summary>Whether the instant lies in the period. The end itself does not.</summary>
    public bool Contains(DateTimeOffset at) => From <= at && (To is null || at < To);
}
