using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>One issue: reading, changing and deleting it.</summary>
internal static class IssueDetailRoutes
{
    private const string Writing = "event:write event:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/issues/{issue}/", IssueRoutes.Reading, Read),
        Route.Put("O/issues/{issue}/", Writing, Change),
        Route.Delete("O/issues/{issue}/", "event:admin", Delete),
        Route.Put("O/issues/", Writing, ChangeMany),
        Route.Put("P/issues/", Writing, ChangeMany),
    ];

    /// <summary>
    /// The issue that the path names by id or short id. 404 when there is none, 403 when the caller does not hold the endpoint's scopes on its project.
    /// </summary>
    public static (Issue Issue, Answer? Refusal) Find(Call call) => Allowed(call, call.Parameter("issue"));

    private static (Issue Issue, Answer? Refusal) Allowed(Call call, string idOrShortId)
    {
        var rows = call.Organization.Evidence.IssueRows;
        if ((long.TryParse(idOrShortId, out var id) ? rows.Find(id) : rows.Find(call.Organization, idOrShortId)) is not { } issue)
        {
            return (null!, Refusals.NotFound());
        }

        return (issue, call.Access.OnProject(issue.Project).Overlaps(call.Route.Accepted) ? null : Refusals.Forbidden());
    }

    private static Answer Read(Call call)
    {
        var (issue, refusal) = Find(call);
        return refusal ?? Answer.Json(200, writer => IssueJson.WriteDetail(writer, issue, call));
    }

    private static Answer Change(Call call)
    {
        var (issue, refusal) = Find(call);
        if ((refusal ?? IssueBody.Apply(call, [issue])) is { } refused)
        {
            return refused;
        }

        return Answer.Json(200, writer => IssueJson.WriteDetail(writer, issue, call));
    }

    private static Answer Delete(Call call)
    {
        var (issue, refusal) = Find(call);
        if (refusal is not null)
        {
            return refusal;
        }

        call.Organization.DeleteIssue(issue, call.Actor);
        return Answer.Empty(202);
    }

    /// <summary>Changes the issues named by <c>id</c>. Ids that are unknown or out of reach are passed over; none left is 204.</summary>
    private static Answer ChangeMany(Call call)
    {
        List<string> ids = [.. call.Query["id"].OfType<string>()];
        if (ids.Count == 0 || ids.Exists(id => !long.TryParse(id, out _)))
        {
            return Refusals.Detail(400, "Group IDs must be integers");
        }

        List<Issue> issues =
        [
            .. ids.Select(id => Allowed(call, id)).Where(found => found.Refusal is null).Select(found => found.Issue)
                .Where(issue => !call.Route.IsOfProject || issue.Project == call.Project),
        ];
        return issues.Count == 0 ? Answer.Empty(204) : IssueBody.Apply(call, issues) ?? IssueBody.Echo(call, issues);
    }
}
