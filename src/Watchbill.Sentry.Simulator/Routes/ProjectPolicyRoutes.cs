using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>What a project throws away (inbound filters) and who owns what in it.</summary>
internal static class ProjectPolicyRoutes
{
    private const string Reading = "project:read project:write project:admin";
    private const string Writing = "project:write project:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("P/filters/", Reading, Filters),
        Route.Put("P/filters/{filter}/", Writing, ChangeFilter),
        Route.Get("P/ownership/", Reading, Ownership),
        Route.Put("P/ownership/", Reading, ChangeOwnership),
    ];

    private static Answer Filters(Call call) => Answer.Json(200, writer =>
    {
        writer.WriteStartArray();
        foreach (var (name, isActive) in call.Organization.Evidence.Policies.FiltersOf(call.Project))
        {
            new JsonObject
            {
                ["id"] = name,
                ["active"] = name != ProjectPolicies.LegacyBrowsers ? isActive : isActive ? new JsonArray("ie", "opera_mini") : new JsonArray(),
            }.WriteTo(writer);
        }

        writer.WriteEndArray();
    });

    private static Answer ChangeFilter(Call call)
    {
        var (policies, name) = (call.Organization.Evidence.Policies, call.Parameter("filter"));
        if (!policies.FiltersOf(call.Project).Any(filter => filter.Name == name))
        {
            return Refusals.NotFound();
        }

        var isOn = call.Field("active")?.ValueKind == JsonValueKind.True || call.Field("subfilters") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;
        policies.SetFilter(call.Project, name, isOn);
        return Answer.Empty(204);
    }

    private static Answer Ownership(Call call) => Show(call, 200);

    private static Answer ChangeOwnership(Call call)
    {
        if (call.Text("raw") is { } raw)
        {
            call.Organization.Evidence.Policies.SetOwnership(call.Project, raw);
        }

        return Show(call, 202);
    }

    private static Answer Show(Call call, int status) => Answer.Json(status, writer =>
    {
        var rules = call.Organization.Evidence.Policies.OwnershipOf(call.Project);
        new JsonObject
        {
            ["raw"] = rules,
            ["fallthrough"] = true,
            ["dateCreated"] = call.Project.DateCreated.Json(),
            ["lastUpdated"] = call.Project.DateCreated.Json(),
            ["isActive"] = true,
            ["autoAssignment"] = "Auto Assign to Issue Owner",
            ["codeownersAutoSync"] = true,
        }.WriteTo(writer);
    });
}
