using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>How much data projects sent, by the hour, kind of data and what became of it.</summary>
internal sealed class GeneratedUsage(EvidenceSource source)
{
    public static IReadOnlyList<string> Categories { get; } = ["error", "transaction", "attachment"];

    public static IReadOnlyList<string> Outcomes { get; } = ["accepted", "filtered", "rate_limited", "invalid", "abuse", "client_discard", "cardinality_limited"];

    /// <param name="project">Projects that never sent an event count zero.</param>
    /// <param name="hour">Full hours since the epoch.</param>
    /// <param name="category">One of <see cref="Categories"/>.</param>
    /// <param name="outcome">One of <see cref="Outcomes"/>.</param>
    public long Quantity(Project project, long hour, string category, string outcome)
    {
        if (!source.PlaceOf.TryGetValue(project.Id, out var place))
        {
            return 0;
        }

        var most = outcome switch { "accepted" => 400, "filtered" => 60, "rate_limited" => 15, _ => 2 };
        return source.Dice(category + outcome, (place * 10_000_000L) + hour).Below(most);
    }
}
