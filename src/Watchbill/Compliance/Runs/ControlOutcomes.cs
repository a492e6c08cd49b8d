using Watchbill.Compliance.Frameworks;

namespace Watchbill.Compliance.Runs;

/// <summary>What the outcomes of checks mean for a control.</summary>
internal static class ControlOutcomes
{
    /// <summary>A control is as bad as the worst of its checks; what was not evaluated proves nothing.</summary>
    public static CheckOutcome Of(FrameworkControl control, IReadOnlyDictionary<string, CheckOutcome> outcomes) =>
        Outcomes.Of(control.Checks.Where(outcomes.ContainsKey).Select(check => outcomes[check])).Worst;

    /// <summary>When that changed, newest first.</summary>
    public static IReadOnlyList<ControlChange> Changes(FrameworkControl control, IEnumerable<DailyOutcomes> daily)
    {
        List<ControlChange> changes = [];
        foreach (var day in daily)
        {
            var outcome = Of(control, day.Checks);
            if (changes.Count == 0 || changes[^1].Outcome != outcome)
            {
                changes.Add(new ControlChange(day.At, outcome));
            }
        }

        changes.Reverse();
        return changes;
    }
}
