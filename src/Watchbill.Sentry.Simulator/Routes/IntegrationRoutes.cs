using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Installed integrations, the organization's own applications, and which applications are installed.</summary>
internal static class IntegrationRoutes
{
    private const string Installed = "org:read org:write org:admin org:integrations";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/integrations/", Installed, Integrations),
        Route.Get("O/sentry-apps/", "org:read org:write org:admin", OwnApps) with { Silo = Silo.Control },
        Route.Get("O/sentry-app-installations/", "org:read org:integrations", Installations) with { Silo = Silo.Control },
        Route.Get(
            "/api/0/sentry-apps/{app}/", "event:read event:write event:admin member:read org:read project:read project:releases team:read", App)
            with { Silo = Silo.Control },
    ];

    private static Answer Integrations(Call call)
    {
        var provider = call.Query["providerKey"].ToString();
        var rows = call.Organization.Integrations.Where(row => provider.Length == 0 || row.Provider == provider).ToList();
        return Pages.Offset(call, rows, (writer, row) => IntegrationJson.Write(writer, row, call.Organization));
    }

    private static Answer OwnApps(Call call) =>
        Pages.All(call.Organization.Apps.Where(app => app.IsOwned).ToList(), (writer, app) => SentryAppJson.Write(writer, app, call.Organization));

    private static Answer Installations(Call call) =>
        Pages.Offset(call, call.Organization.Apps, (writer, app) => SentryAppJson.WriteInstallation(writer, app, call.Organization));

    private static Answer App(Call call)
    {
        var wanted = call.Parameter("app");
        foreach (var organization in call.World.Organizations)
        {
            if (organization.SentryApps.FirstOrDefault(app => app.Slug == wanted || $"{app.Id}" == wanted) is { } found)
            {
                return Answer.Json(200, writer => SentryAppJson.Write(writer, found, organization));
            }
        }

        return Refusals.NotFound();
    }
}
