using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// One rate budget for everything that this process asks of one organization at the same time: runs, collections, and what people try out. Other processes
/// are seen by what Sentry's answers say is left. A budget that nobody uses is forgotten: what it learned may be wrong by the next time.
/// </summary>
internal sealed class SentryBudgets(TimeProvider clock)
{
    /// <summary>What was seen longer ago says nothing any more.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, WeakReference<SentryBudget>> _budgets = [];
    private readonly Dictionary<string, (SentryLimits Limits, DateTimeOffset At)> _seen = [];

    /// <summary>The budget of an organization.</summary>
    /// <param name="address">The installation.</param>
    /// <param name="organization">The organization's slug.</param>
    /// <param name="share">The part of the limit that may be used; null leaves it as it is.</param>
    public SentryBudget Of(Uri address, string organization, double? share)
    {
        var key = KeyOf(address, organization);
        lock (_lock)
        {
            if (!_budgets.TryGetValue(key, out var kept) || !kept.TryGetTarget(out var budget))
            {
                budget = new SentryBudget(clock: clock);
                _budgets[key] = new WeakReference<SentryBudget>(budget);
            }

            budget.Share = share ?? budget.Share;
            return budget;
        }
    }

    /// <summary>What this process knows of an organization's limits; null when it has asked it nothing lately.</summary>
    public SeenLimits? Seen(Uri address, string organization)
    {
        lock (_lock)
        {
            return _seen.TryGetValue(KeyOf(address, organization), out var seen) && seen.At > clock.GetUtcNow() - Memory
                ? new SeenLimits(seen.Limits.Limit, seen.Limits.Remaining, seen.Limits.ConcurrentLimit, seen.Limits.ConcurrentRemaining)
                : null;
        }
    }

    /// <summary>Notes what an organization's latest answer said, for whoever wants to see it.</summary>
    public void Note(Uri address, string organization, SentryBudget budget)
    {
        if (budget.Limits is { } limits)
        {
            lock (_lock)
            {
                _seen[KeyOf(address, organization)] = (limits, clock.GetUtcNow());
            }
        }
    }

    private static string KeyOf(Uri address, string organization) => $"{address.GetLeftPart(UriPartial.Path)} {organization}";
}
