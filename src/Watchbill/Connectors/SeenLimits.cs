namespace Watchbill.Connectors;

/// <summary>What Sentry's latest answer said of the limits of an organization; null where it said nothing.</summary>
/// <param name="Limit">So many requests in a window.</param>
/// <param name="Remaining">So many of them were left.</param>
/// <param name="ConcurrentLimit">So many requests at once.</param>
/// <param name="ConcurrentRemaining">So many of them were left.</param>
public sealed record SeenLimits(int? Limit, int? Remaining, int? ConcurrentLimit, int? ConcurrentRemaining);
