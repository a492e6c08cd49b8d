using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Where and when a release was deployed.</summary>
internal static class DeployRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/releases/{version}/deploys/", ReleaseRoutes.Reading, List),
        Route.Post("O/releases/{version}/deploys/", ReleaseRoutes.Writing, Create),
    ];

    private static Answer List(Call call) =>
        ReleaseRoutes.Find(call) is { } release ? Pages.Offset(call, release.OwnDeploys, DeployJson.Write) : Refusals.NotFound();

    private static Answer Create(Call call)
    {
        if (ReleaseRoutes.Find(call) is not { } release)
        {
            return Refusals.NotFound();
        }

        if (call.Text("environment") is not { Length: > 0 } environment)
        {
            return Refusals.Invalid("environment", "This field is required.");
        }

        var (started, badStart) = ReleaseBody.Instant(call, "dateStarted");
        var (finished, badEnd) = ReleaseBody.Instant(call, "dateFinished");
        if ((badStart ?? badEnd) is { } refused)
        {
            return refused;
        }

        var sent = new Deploy(call.World.NextId(), environment, finished ?? call.World.Now) { Name = call.Text("name"), Url = call.Text("url"), DateStarted = started };
        var (deploy, isNew) = call.Organization.AddDeploy(release, sent);
        return Answer.Json(isNew ? 201 : 208, writer => DeployJson.Write(writer, deploy));
    }
}
