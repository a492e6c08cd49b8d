using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering.Evidence;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Where data leaves to. The answers hold secrets in plain text, as Sentry's do: whoever stores them must take those out.</summary>
internal static class OutletRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/forwarding/", "org:read org:write org:admin", Forwarders),
        Route.Get("O/relay_usage/", "org:read org:write org:admin", Relays),
        Route.Get("P/hooks/", "project:read project:write project:admin", Hooks),
        Route.Get("P/hooks/{hook}/", "project:read project:write project:admin", Hook),
    ];

    private static Answer Forwarders(Call call) => Pages.Offset(call, call.Organization.Evidence.Outlets.Forwarders, (writer, row) => Write(writer, row, call.Organization));

    private static Answer Relays(Call call) => Pages.All(call.Organization.Evidence.Outlets.Relays, static (writer, row) => new JsonObject
    {
        ["relayId"] = $"{row.Id}",
        ["version"] = row.Version,
        ["publicKey"] = row.PublicKey,
        ["firstSeen"] = row.FirstSeen.Json(),
        ["lastSeen"] = row.LastSeen.Json(),
    }.WriteTo(writer));

    private static Answer Hooks(Call call) => Pages.Offset(call, HooksOf(call), Write);

    private static Answer Hook(Call call) =>
        HooksOf(call).FirstOrDefault(hook => hook.Id == call.Parameter("hook")) is { } hook ? Answer.Json(200, writer => Write(writer, hook)) : Refusals.NotFound();

    private static IReadOnlyList<ServiceHook> HooksOf(Call call) => call.Organization.Evidence.Outlets.HooksOf(call.Project);

    private static void Write(Utf8JsonWriter writer, ServiceHook hook) => new JsonObject
    {
        ["id"] = hook.Id,
        ["url"] = hook.Url,
        ["secret"] = hook.Secret,
        ["status"] = "active",
        ["events"] = new JsonArray("event.alert", "event.created"),
        ["dateCreated"] = hook.DateCreated.Json(),
    }.WriteTo(writer);

    private static void Write(Utf8JsonWriter writer, DataForwarder row, Organization organization) => new JsonObject
    {
        ["id"] = $"{row.Id}",
        ["organizationId"] = $"{organization.Id}",
        ["isEnabled"] = row.IsEnabled,
        ["enrollNewProjects"] = row.EnrollsNewProjects,
        ["enrolledProjects"] = new JsonArray([.. row.Projects.Select(Reference)]),
        ["provider"] = row.Provider,
        ["config"] = Settings(row),
        ["projectConfigs"] = new JsonArray([.. row.Projects.Select(project => OfProject(row, project))]),
        ["dateAdded"] = row.DateAdded.Json(),
        ["dateUpdated"] = row.DateAdded.Json(),
    }.WriteTo(writer);

    private static JsonObject OfProject(DataForwarder row, Project project) => new()
    {
        ["id"] = $"{project.Id}",
        ["isEnabled"] = true,
        ["dataForwarderId"] = $"{row.Id}",
        ["project"] = Reference(project),
        ["overrides"] = new JsonObject(),
        ["effectiveConfig"] = Settings(row),
        ["dateAdded"] = row.DateAdded.Json(),
        ["dateUpdated"] = row.DateAdded.Json(),
    };

    private static JsonObject Reference(Project project) => new() { ["id"] = $"{project.Id}", ["slug"] = project.Slug, ["platform"] = project.Platform };

    private static JsonObject Settings(DataForwarder row) => new(row.Settings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
