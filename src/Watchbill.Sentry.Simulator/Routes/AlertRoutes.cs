using System.Globalization;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Detectors and workflows, which replaced alert rules; for reading.</summary>
internal static class AlertRoutes
{
    private const string Reading = "alerts:read org:read org:write org:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/detectors/", Reading, Detectors),
        Route.Get("O/detectors/{detector}/", Reading, Detector),
        Route.Get("O/workflows/", Reading, Workflows),
        Route.Get("O/workflows/{workflow}/", Reading, Workflow),
    ];

    private static Answer Detectors(Call call)
    {
        var (projects, refusal) = ProjectFilter.Read(call);
        var query = SearchQuery.Parse(call.Query["query"].ToString());
        return refusal ?? List(
            call,
            call.Organization.Evidence.Detectors.All.Where(row => projects.Contains(row.Project) && Matches(row, query)),
            row => row.Id,
            row => row.Name,
            (writer, row) => AlertJson.WriteDetector(writer, row, call.Organization.Evidence));
    }

    private static Answer Detector(Call call) =>
        long.TryParse(call.Parameter("detector"), out var id) && call.Organization.Evidence.Detectors.Find(id) is { } row && call.Access.CanReach(row.Project)
            ? Answer.Json(200, writer => AlertJson.WriteDetector(writer, row, call.Organization.Evidence))
            : Refusals.NotFound();

    private static Answer Workflows(Call call)
    {
        var (projects, refusal) = ProjectFilter.Read(call);
        var (isFiltered, query) = (call.Query.ContainsKey("project"), SearchQuery.Parse(call.Query["query"].ToString()));
        return refusal ?? List(
            call,
            call.Organization.TeamRows.InSlugOrder.Where(team => (!isFiltered || team.OwnedProjects.Any(projects.Contains)) && Matches("Notify " + team.Slug, query)),
            call.Organization.Evidence.WorkflowId,
            team => team.Slug,
            (writer, team) => AlertJson.WriteWorkflow(writer, team, call.Organization));
    }

    private static Answer Workflow(Call call)
    {
        var evidence = call.Organization.Evidence;
        return call.Organization.TeamRows.InSlugOrder.FirstOrDefault(team => $"{evidence.WorkflowId(team)}" == call.Parameter("workflow")) is { } team
            ? Answer.Json(200, writer => AlertJson.WriteWorkflow(writer, team, call.Organization))
            : Refusals.NotFound();
    }

    /// <summary>Filters by <c>id</c>, sorts by <c>sortBy</c>, pages and counts.</summary>
    private static Answer List<T>(Call call, IEnumerable<T> rows, Func<T, long> id, Func<T, string> name, Action<Utf8JsonWriter, T> write)
    {
        var ids = call.Query["id"];
        var wanted = rows.Where(row => ids.Count == 0 || ids.Contains($"{id(row)}"));
        IEnumerable<T>? sorted = call.Query["sortBy"].ToString() switch
        {
            "" or "id" => wanted.OrderBy(id),
            "-id" => wanted.OrderByDescending(id),
            "name" => wanted.OrderBy(name, StringComparer.Ordinal).ThenBy(id),
            "-name" => wanted.OrderByDescending(name, StringComparer.Ordinal).ThenBy(id),
            _ => null,
        };
        if (sorted is null)
        {
            return Refusals.Invalid("sortBy", "Invalid sort field");
        }

        List<T> all = [.. sorted];
        return Pages.Offset(call, all, write).With("X-Hits", all.Count.ToString(CultureInfo.InvariantCulture));
    }

    private static bool Matches(Detector detector, SearchQuery query) =>
        query["type"].All(type => detector.Type == type) && query.HasOnly("type", "name") && Matches(detector.Name, query);

    private static bool Matches(string name, SearchQuery query) =>
        query["name"].Concat(query.FreeText).All(text => name.Contains(text.Trim('*'), StringComparison.OrdinalIgnoreCase));
}
