using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// One rate budget for everything that this process asks of one organization at the same time: runs, collections, and what people try out. Other processes
/// are seen by what Sentry's answers say is left. A budget that nobody uses is forgotten: what it learned may be wrong by the next time.
/// </summary>
internal sealed class SentryBudgets(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WeakReference<SentryBudget>> _budgets = [];

    /// <summary>The budget of an organization.</summary>
    /// <param name="address">The installation.</param>
    /// <param name="organization">The organization's slug.</param>
    /// <param name="share">The part of the limit that may be used; null leaves it as it is.</param>
    public SentryBudget Of(Uri address, string organization, double? share)
    {
        var key = $"{address.GetLeftPart(UriPartial.Path)} {organization}";
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
}
