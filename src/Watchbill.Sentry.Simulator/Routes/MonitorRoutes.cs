using Watchbill.Sentry.Simulator.Generation.Evidence;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Cron monitors and their check-ins, for reading.</summary>
internal static class MonitorRoutes
{
    private const string Reading = "alerts:read alerts:write project:read project:write project:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/monitors/", "alerts:read org:read org:write org:admin", List),
        Route.Get("O/monitors/{monitor}/", Reading, Read),
        Route.Get("O/monitors/{monitor}/checkins/", Reading, CheckIns),
        Route.Get("P/monitors/{monitor}/", Reading, Read),
        Route.Get("P/monitors/{monitor}/checkins/", Reading, CheckIns),
    ];

    private static Answer List(Call call)
    {
        var (projects, refusal) = ProjectFilter.Read(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var (environments, text) = (call.Query["environment"], call.Query["query"].ToString());
        var rows = call.Organization.Evidence.Monitors.All.Where(monitor => projects.Contains(monitor.Project)
            && (environments.Count == 0 || environments.Contains(EvidenceNames.Production))
            && IsOwnedAsWanted(call, monitor)
            && monitor.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
        return LongList.Offset(call, rows, (writer, monitor) => MonitorJson.Write(writer, monitor, call));
    }

    private static Answer Read(Call call)
    {
        var (monitor, refusal) = Find(call);
        return refusal ?? Answer.Json(200, writer => MonitorJson.Write(writer, monitor, call));
    }

    private static Answer CheckIns(Call call)
    {
        var (monitor, refusal) = Find(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var monitors = call.Organization.Evidence.Monitors;
        var runs = Enumerable.Range(0, GeneratedMonitors.CheckInsOf(monitor)).Select(number => monitors.CheckIn(monitor, number));
        return LongList.Offset(call, runs, (writer, run) => MonitorJson.WriteCheckIn(writer, run, monitor));
    }

    private static (CronMonitor Monitor, Answer? Refusal) Find(Call call)
    {
        var monitor = call.Organization.Evidence.Monitors.Find(call.Parameter("monitor"));
        if (monitor is null || (call.Route.IsOfProject && monitor.Project != call.Project))
        {
            return (null!, Refusals.NotFound());
        }

        return (monitor, call.Access.OnProject(monitor.Project).Overlaps(call.Route.Accepted) ? null : Refusals.Forbidden());
    }

    /// <summary><c>team:id</c>, <c>unassigned</c> or <c>myteams</c>, several allowed.</summary>
    private static bool IsOwnedAsWanted(Call call, CronMonitor monitor)
    {
        var owners = call.Query["owner"];
        return owners.Count == 0
            || (monitor.Owner is null && owners.Contains("unassigned"))
            || (monitor.Owner is { } team && (owners.Contains($"team:{team.Id}") || (owners.Contains("myteams") && call.Access.On(team) is not null)));
    }
}
