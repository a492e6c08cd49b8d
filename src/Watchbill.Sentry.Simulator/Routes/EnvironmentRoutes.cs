using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Environments of the organization and of a project, where each may be hidden.</summary>
internal static class EnvironmentRoutes
{
    private const string Reading = "project:read project:write project:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("O/environments/", "org:read org:write org:admin", OfOrganization),
        Route.Get("P/environments/", Reading, OfProject),
        Route.Get("P/environments/{environment}/", Reading, Read),
        Route.Put("P/environments/{environment}/", "project:write project:admin", Change),
    ];

    /// <summary>Environments that are visible in some project the caller reaches.</summary>
    private static Answer OfOrganization(Call call)
    {
        if (CheckVisibility(call) is { } refused)
        {
            return refused;
        }

        List<Project> projects = [.. call.Organization.ProjectRows.InSlugOrder.Where(call.Access.CanReach)];
        var rows = Environments(call).All.Where(row => projects.Exists(project => Environments(call).Of(project).Contains(row) && IsWanted(call, project, row.Name)));
        return Pages.All(rows.ToList(), (writer, row) =>
        {
            writer.WriteStartObject();
            writer.WriteId("id"u8, row.Id);
            writer.WriteString("name"u8, row.Name);
            writer.WriteEndObject();
        });
    }

    private static Answer OfProject(Call call) => CheckVisibility(call)
        ?? Pages.All(Environments(call).Of(call.Project).Where(row => IsWanted(call, call.Project, row.Name)).ToList(), (writer, row) => Write(writer, row, call));

    private static Answer Read(Call call) =>
        Find(call) is { } row ? Answer.Json(200, writer => Write(writer, row, call)) : Refusals.NotFound();

    private static Answer Change(Call call)
    {
        if (Find(call) is not { } row)
        {
            return Refusals.NotFound();
        }

        if (call.Field("isHidden") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } isHidden)
        {
            return Refusals.Invalid("isHidden", call.Field("isHidden") is null ? "This field is required." : "Must be a valid boolean.");
        }

        Environments(call).Hide(call.Project, row.Name, isHidden.GetBoolean());
        return Answer.Json(200, writer => Write(writer, row, call));
    }

    private static (long Id, string Name)? Find(Call call)
    {
        foreach (var row in Environments(call).Of(call.Project))
        {
            if (row.Name == call.Parameter("environment"))
            {
                return row;
            }
        }

        return null;
    }

    private static State.Evidence.EnvironmentRegister Environments(Call call) => call.Organization.Evidence.EnvironmentRows;

    private static bool IsWanted(Call call, Project project, string name) => call.Query["visibility"].ToString() switch
    {
        "all" => true,
        "hidden" => Environments(call).IsHidden(project, name),
        _ => !Environments(call).IsHidden(project, name),
    };

    private static Answer? CheckVisibility(Call call) => call.Query["visibility"].ToString() is "" or "all" or "hidden" or "visible"
        ? null
        : Refusals.Detail(400, "Invalid value for 'visibility', valid values are: ['all', 'hidden', 'visible']");

    private static void Write(Utf8JsonWriter writer, (long Id, string Name) row, Call call)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, row.Id);
        writer.WriteString("name"u8, row.Name);
        writer.WriteBoolean("isHidden"u8, Environments(call).IsHidden(call.Project, row.Name));
        writer.WriteEndObject();
    }
}
