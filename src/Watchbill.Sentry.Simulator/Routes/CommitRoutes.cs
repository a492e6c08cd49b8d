using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Repositories, and the commits of releases and repositories.</summary>
internal static class CommitRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/releases/{version}/commits/", ReleaseRoutes.Reading, OfRelease),
        Route.Get("P/releases/{version}/commits/", ReleaseRoutes.Reading, OfRelease),
        Route.Get("O/repos/", "org:read org:write org:admin org:integrations org:ci", Repositories),
        Route.Get("O/repos/{repository}/commits/", "org:read org:write org:admin", OfRepository),
    ];

    private static Answer OfRelease(Call call)
    {
        if (ReleaseRoutes.Find(call) is not { } release || (call.Route.IsOfProject && !release.OwnProjects.Contains(call.Project)))
        {
            return Refusals.NotFound();
        }

        return Pages.Offset(call, release.Commits, (writer, commit) => CommitJson.Write(writer, commit, release));
    }

    /// <summary>Active ones unless <c>status</c> asks for <c>deleted</c>; any other value than these finds nothing.</summary>
    private static Answer Repositories(Call call)
    {
        var (status, text) = (call.Query["status"].ToString(), call.Query["query"].ToString());
        var rows = call.Organization.Evidence.RepositoryRows
            .Where(row => status is "" ? row.Status == Repository.Active : row.Status == status)
            .Where(row => row.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(row => row.Name, StringComparer.Ordinal);
        return Pages.Offset(call, rows.ToList(), CommitJson.WriteRepository);
    }

    private static Answer OfRepository(Call call)
    {
        if (call.Organization.Evidence.RepositoryRows.FirstOrDefault(row => $"{row.Id}" == call.Parameter("repository")) is not { } repository)
        {
            return Refusals.NotFound();
        }

        var commits = call.Organization.Evidence.ReleaseRows.NewestFirst.SelectMany(release => release.Commits).Where(commit => commit.Repository == repository);
        return LongList.Offset(call, commits, (writer, commit) => CommitJson.Write(writer, commit, null));
    }
}
