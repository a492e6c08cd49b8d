using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Reading projects.</summary>
internal static class ProjectRoutes
{
    private const string Reading = "project:read project:write project:admin";

    // The nesting is Sentry's: the message of another check is reused here.
    private const string BadIds = """{"error":{"params":{"stats_period":{"message":"All 'id' values must be integers."}}}}""";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/projects/", "org:read org:write org:admin", List),
        Route.Get("P/", Reading, Read),
        Route.Get("P/teams/", Reading, Teams),
    ];

    /// <summary>All active projects, whatever the caller may reach. <c>all_projects=1</c> gives them in one answer without a Link header.</summary>
    private static Answer List(Call call)
    {
        var query = SearchQuery.Parse(call.Query["query"].ToString());
        if (query.IsEmpty)
        {
            return Page(call, call.Organization.ProjectRows.InSlugOrder);
        }

        if (query["id"].Any(id => !long.TryParse(id, out _)))
        {
            return Answer.Json(400, BadIds);
        }

        return query.HasOnly("id", "slug", "team", "!team", "is_member")
            ? Page(call, call.Organization.ProjectRows.InSlugOrder.Where(project => Matches(project, query, call)).ToList())
            : Page(call, []);
    }

    /// <summary>People see their bookmarks first.</summary>
    private static Answer Page(Call call, IReadOnlyList<Project> rows)
    {
        if (call.Caller.IsPerson && rows.Any(project => project.Settings.IsBookmarked))
        {
            rows = [.. rows.OrderByDescending(project => project.Settings.IsBookmarked)];
        }

        return call.Flag("all_projects")
            ? Pages.All(rows, (writer, project) => ProjectJson.WriteSummary(writer, project, call))
            : Pages.Offset(call, rows, (writer, project) => ProjectJson.WriteSummary(writer, project, call));
    }

    private static Answer Read(Call call) => Answer.Json(200, writer => ProjectDetailJson.Write(writer, call.Project, call));

    private static Answer Teams(Call call) => Pages.Offset(call, call.Project.OwningTeams, (writer, team) => TeamJson.Write(writer, team, call));

    private static bool Matches(Project project, SearchQuery query, Call call) =>
        (!query["id"].Any() || query["id"].Contains($"{project.Id}"))
        && (!query["slug"].Any() || query["slug"].Contains(project.Slug))
        && query["team"].All(slug => project.OwningTeams.Exists(team => team.Slug == slug))
        && !query["!team"].Any(slug => project.OwningTeams.Exists(team => team.Slug == slug))
        && (!query["is_member"].Any() || project.OwningTeams.Exists(call.Access.IsOn))
        && query.TextOccursIn(project.Name, project.Slug);
}
