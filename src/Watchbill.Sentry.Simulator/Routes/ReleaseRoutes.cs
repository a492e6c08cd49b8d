using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Releases of an organization and of one project.</summary>
internal static class ReleaseRoutes
{
    public const string Reading = "project:read project:write project:admin project:releases org:ci";
    public const string Writing = "project:write project:admin project:releases org:ci";

    private static readonly string[] HealthSorts = ["sessions", "users", "crash_free_sessions", "crash_free_users", "sessions_24h", "users_24h", "adoption"];

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/releases/", Reading, List),
        Route.Post("O/releases/", Writing, Create),
        Route.Get("O/releases/{version}/", Reading, Read),
        Route.Put("O/releases/{version}/", Writing, Change),
        Route.Delete("O/releases/{version}/", "project:admin project:releases", Delete),
        Route.Get("P/releases/", Reading, OfProject),
    ];

    /// <summary>The release that the path names, or null when it does not exist or has no project the caller reaches.</summary>
    public static Release? Find(Call call) =>
        call.Organization.Evidence.ReleaseRows.Find(call.Parameter("version")) is { } release
        && release.OwnProjects.Exists(project => project.IsActive && call.Access.CanReach(project)) ? release : null;

    private static Answer List(Call call)
    {
        var (projects, refusal) = ProjectFilter.Read(call);
        var sort = call.Query["sort"].ToString();
        if ((refusal ?? CheckSort(call, sort)) is { } refused)
        {
            return refused;
        }

        var rows = call.Organization.Evidence.ReleaseRows.NewestFirst.Where(release => release.OwnProjects.Exists(projects.Contains) && Matches(release, call));
        return Page(call, sort is "semver" or "build" ? rows.OrderByDescending(release => release.Version, VersionOrder.Instance) : rows);
    }

    private static Answer OfProject(Call call) =>
        Page(call, call.Organization.Evidence.ReleaseRows.Of(call.Project).Where(release => Matches(release, call)));

    private static Answer Page(Call call, IEnumerable<Release> rows) => LongList.Offset(call, rows, (writer, release) => ReleaseJson.Write(writer, release, call));

    private static Answer Read(Call call) => Find(call) is { } release ? Show(call, 200, release) : Refusals.NotFound();

    private static Answer Create(Call call)
    {
        var (version, slugs) = (call.Text("version")?.Trim(), ReleaseBody.Texts(call, "projects"));
        if ((ReleaseBody.CheckVersion(version) ?? ReleaseBody.CheckProjects(slugs) ?? ReleaseBody.CheckFields(call)) is { } refused)
        {
            return refused;
        }

        List<Project> projects = [.. slugs!.Select(call.Organization.ProjectRows.Find).OfType<Project>().Where(call.Access.CanReach)];
        if (projects.Count < slugs!.Count)
        {
            return Refusals.Invalid("projects", "Invalid project ids or slugs");
        }

        var (release, isNew) = call.Organization.CreateRelease(version!, projects);
        ReleaseBody.Apply(call, release);
        return Show(call, isNew ? 201 : 208, release);
    }

    private static Answer Change(Call call)
    {
        if (Find(call) is not { } release)
        {
            return Refusals.NotFound();
        }

        if (ReleaseBody.CheckFields(call) is { } refused)
        {
            return refused;
        }

        ReleaseBody.Apply(call, release);
        return Show(call, 200, release);
    }

    private static Answer Delete(Call call)
    {
        if (Find(call) is not { } release)
        {
            return Refusals.NotFound();
        }

        if (release.NewIssues > 0)
        {
            return Refusals.Detail(400, "This release is referenced by active issues and cannot be removed.");
        }

        call.Organization.DeleteRelease(release);
        return Answer.Empty(204);
    }

    private static Answer Show(Call call, int status, Release release) => Answer.Json(status, writer => ReleaseJson.Write(writer, release, call));

    private static bool Matches(Release release, Call call)
    {
        var (text, status, environments) = (call.Query["query"].ToString(), call.Query["status"].ToString(), call.Query["environment"]);
        return release.Version.Contains(text, StringComparison.OrdinalIgnoreCase)
            && (status is "" or Release.Open ? release.Status == Release.Open : status != Release.Archived || release.Status == Release.Archived)
            && (environments.Count == 0 || release.OwnDeploys.Exists(deploy => environments.Contains(deploy.Environment)));
    }

    private static Answer? CheckSort(Call call, string sort)
    {
        if (HealthSorts.Contains(sort))
        {
            return call.Flag("flatten") ? null : Refusals.Detail(400, "sorting by crash statistics requires flattening (flatten=1)");
        }

        return sort is "" or "date" or "semver" or "build" ? null : Refusals.Detail(400, "invalid sort");
    }
}
