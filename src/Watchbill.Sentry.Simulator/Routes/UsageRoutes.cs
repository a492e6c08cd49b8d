using System.Globalization;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Counts of received data: as time series, summed by project, and for one project.</summary>
internal static class UsageRoutes
{
    private const string Reading = "org:read org:write org:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/stats_v2/", Reading, Series),
        Route.Get("O/stats-summary/", Reading, Summary),
        Route.Get("P/stats/", "project:read project:write project:admin", OfProject),
    ];

    private static Answer Series(Call call)
    {
        var (query, refusal) = UsageQuery.Read(call);
        if ((refusal ?? CheckGrouping(call)) is { } refused)
        {
            return refused;
        }

        string[] by = [.. call.Query["groupBy"].OfType<string>()];
        var groups = query.Cells.GroupBy(cell => string.Join('/', by.Select(cell.Label)), StringComparer.Ordinal);
        return Answer.Json(200, writer => new JsonObject
        {
            ["start"] = query.Start.Json(),
            ["end"] = query.End.Json(),
            ["intervals"] = new JsonArray([.. query.Intervals.Select(start => start.Json())]),
            ["groups"] = new JsonArray([.. groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Group(call, query, by, [.. group]))]),
        }.WriteTo(writer));
    }

    private static JsonObject Group(Call call, UsageQuery query, string[] by, IReadOnlyList<UsageCell> cells)
    {
        long[] series = [.. query.Intervals.Select(start => cells.Sum(cell => query.Sum(call, cell, start)))];
        return new JsonObject
        {
            ["by"] = new JsonObject(by.Select(name => KeyValuePair.Create(name, cells[0].Value(name)))),
            ["totals"] = new JsonObject { [query.Field] = series.Sum() },
            ["series"] = new JsonObject { [query.Field] = new JsonArray([.. series.Select(value => JsonValue.Create(value))]) },
        };
    }

    private static Answer Summary(Call call)
    {
        var (query, refusal) = UsageQuery.Read(call);
        return refusal ?? Answer.Json(200, writer => new JsonObject
        {
            ["start"] = query.Start.Json(),
            ["end"] = query.End.Json(),
            ["projects"] = new JsonArray([.. query.Projects.OrderBy(project => project.Id).Select(project => OfProject(call, query, project))]),
        }.WriteTo(writer));
    }

    private static JsonObject OfProject(Call call, UsageQuery query, Project project) => new()
    {
        ["id"] = $"{project.Id}",
        ["slug"] = project.Slug,
        ["stats"] = new JsonArray([.. query.Categories.Select(category => OfCategory(call, query, project, category))]),
    };

    private static JsonObject OfCategory(Call call, UsageQuery query, Project project, string category)
    {
        var counts = query.Outcomes.ToDictionary(outcome => outcome, outcome => query.Intervals.Sum(start => query.Sum(call, new UsageCell(project, category, outcome), start)));
        return new JsonObject
        {
            ["category"] = category,
            ["outcomes"] = new JsonObject(counts.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["totals"] = new JsonObject { ["dropped"] = counts.GetValueOrDefault("rate_limited"), [query.Field] = counts.Values.Sum() },
        };
    }

    /// <summary>Pairs of epoch second and count, hour by hour: the last day unless <c>since</c> and <c>until</c> say otherwise.</summary>
    private static Answer OfProject(Call call)
    {
        var until = Seconds(call, "until") ?? call.World.Now.ToUnixTimeSeconds();
        var since = Seconds(call, "since") ?? until - (24 * 3600);
        var outcome = call.Query["stat"].ToString() switch { "rejected" => "rate_limited", "blacklisted" => "filtered", _ => "accepted" };
        var step = call.Query["resolution"].ToString() == "1d" ? 24 : 1;
        var (first, last) = (since / 3600, Math.Min(until / 3600, (since / 3600) + (24 * 366)));
        return Answer.Json(200, writer =>
        {
            writer.WriteStartArray();
            for (var hour = first; hour <= last; hour += step)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(hour * 3600);
                writer.WriteNumberValue(Enumerable.Range(0, step).Sum(more => call.Organization.Evidence.Usage.Quantity(call.Project, hour + more, "error", outcome)));
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        });
    }

    private static long? Seconds(Call call, string name) => double.TryParse(call.Query[name], CultureInfo.InvariantCulture, out var value) ? (long)value : null;

    private static Answer? CheckGrouping(Call call)
    {
        if (call.Query["groupBy"].Count == 0)
        {
            return Refusals.Detail(400, "At least one groupBy is required.");
        }

        return call.Query["groupBy"].FirstOrDefault(name => name is not ("outcome" or "category" or "reason" or "project")) is { } wrong
            ? Refusals.Detail(400, $"Invalid groupBy: \"{wrong}\"")
            : null;
    }
}
