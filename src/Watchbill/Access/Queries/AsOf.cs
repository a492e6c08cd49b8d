namespace Watchbill.Access.Queries;

/// <summary>The instant a question is about.</summary>
/// <param name="At">The instant.</param>
/// <param name="IsNow">Nobody named an instant: what is open now is meant.</param>
internal readonly record struct AsOf(DateTimeOffset At, bool IsNow)
{
    public static AsOf Of(DateTimeOffset? at, TimeProvider clock) => new(at ?? clock.GetUtcNow(), at is null);
}
