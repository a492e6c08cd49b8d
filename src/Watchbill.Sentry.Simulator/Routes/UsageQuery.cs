using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Generation.Evidence;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>One combination that is counted.</summary>
internal sealed record UsageCell(Project Project, string Category, string Outcome)
{
    public string Label(string name) => Value(name)?.ToString() ?? "";

    /// <summary>What the combination has under a <c>groupBy</c>; the project is a number here.</summary>
    public JsonNode? Value(string name) => name switch
    {
        "project" => Project.Id,
        "category" => Category,
        "outcome" => Outcome,
        _ => "none",
    };
}

/// <summary>The parameters that all counts share. Times are full hours.</summary>
internal sealed record UsageQuery(string Field, DateTimeOffset Start, DateTimeOffset End, int HoursPerInterval)
{
    private const int MostIntervals = 1000;

    public required IReadOnlyCollection<Project> Projects { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<string> Outcomes { get; init; }

    public IEnumerable<DateTimeOffset> Intervals
    {
        get
        {
            for (var start = Start; start < End; start = start.AddHours(HoursPerInterval))
            {
                yield return start;
            }
        }
    }

    public static (UsageQuery Query, Answer? Refusal) Read(Call call)
    {
        var (start, end, badRange) = TimeRange.Read(call);
        var (projects, badProjects) = ProjectFilter.Read(call);
        var field = call.Query["field"].ToString();
        if ((badRange ?? badProjects ?? CheckField(field)) is { } refused)
        {
            return (null!, refused);
        }

        var last = end ?? call.World.Now;
        var first = start ?? last.AddDays(-1);
        var interval = TimeRange.Period(call.Query["interval"].ToString()) ?? TimeSpan.FromHours(1);
        var query = new UsageQuery(field, FullHour(first), FullHour(last).AddHours(1), Math.Max(1, (int)interval.TotalHours))
        {
            Projects = projects,
            Categories = Chosen(call, "category", GeneratedUsage.Categories),
            Outcomes = Chosen(call, "outcome", GeneratedUsage.Outcomes),
        };
        return (query.End - query.Start) / TimeSpan.FromHours(query.HoursPerInterval) > MostIntervals
            ? (null!, Refusals.Detail(400, "Your interval and date range would create too many results. Use a larger interval, or a smaller date range."))
            : (query, null);
    }

    public IEnumerable<UsageCell> Cells =>
        from project in Projects
        from category in Categories
        from outcome in Outcomes
        select new UsageCell(project, category, outcome);

    public long Sum(Call call, UsageCell cell, DateTimeOffset start)
    {
        var first = start.ToUnixTimeSeconds() / 3600;
        return Enumerable.Range(0, HoursPerInterval).Sum(hour => call.Organization.Evidence.Usage.Quantity(cell.Project, first + hour, cell.Category, cell.Outcome));
    }

    private static Answer? CheckField(string field) => field switch
    {
        "" => Refusals.Detail(400, "At least one field is required."),
        "sum(quantity)" or "sum(times_seen)" => null,
        _ => Refusals.Detail(400, $"Invalid field: \"{field}\""),
    };

    private static IReadOnlyList<string> Chosen(Call call, string name, IReadOnlyList<string> all) =>
        call.Query[name].Count == 0 ? all : [.. all.Where(value => call.Query[name].Contains(value))];

    private static DateTimeOffset FullHour(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / 3600 * 3600);
}
