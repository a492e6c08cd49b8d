using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Client keys (DSNs) of one project and of the whole organization.</summary>
internal static class ClientKeyRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/project-keys/", "org:read org:write org:admin", OfOrganization),
        Route.Get("P/keys/", "project:read project:write project:admin", OfProject),
    ];

    private static Answer OfOrganization(Call call)
    {
        var projects = call.Organization.ProjectRows.InSlugOrder.Where(project => project.IsActive);
        if (call.Query["team"].ToString() is { Length: > 0 } team)
        {
            if (call.Organization.TeamRows.Find(team) is not { } owner)
            {
                return Refusals.NotFound();
            }

            projects = projects.Where(project => project.OwningTeams.Contains(owner));
        }

        return Page(call, projects.SelectMany(project => project.ClientKeys));
    }

    private static Answer OfProject(Call call) => Page(call, call.Project.ClientKeys);

    private static Answer Page(Call call, IEnumerable<ClientKey> keys)
    {
        bool? wanted = call.Query["status"].ToString() switch
        {
            "active" => true,
            "inactive" => false,
            _ => null,
        };
        if (wanted is null && call.Query["status"].ToString().Length > 0)
        {
            return Refusals.Detail(400, "Invalid status parameter. Must be 'active' or 'inactive'.");
        }

        return Pages.Offset(
            call, keys.Where(key => wanted is null || key.IsActive == wanted).ToList(), (writer, key) => ClientKeyJson.Write(writer, key, call.Organization));
    }
}
