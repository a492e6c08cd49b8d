using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Detectors, and the workflows that tell a team about their issues.</summary>
internal static class AlertJson
{
    public static void WriteDetector(Utf8JsonWriter writer, Detector detector, OrganizationEvidence evidence)
    {
        var team = detector.Project.OwningTeams.FirstOrDefault();
        new JsonObject
        {
            ["id"] = $"{detector.Id}",
            ["projectId"] = $"{detector.Project.Id}",
            ["name"] = detector.Name,
            ["description"] = null,
            ["type"] = detector.Type,
            ["workflowIds"] = team is null ? [] : new JsonArray($"{evidence.WorkflowId(team)}"),
            ["owner"] = team is null ? null : new JsonObject { ["type"] = "team", ["id"] = $"{team.Id}", ["name"] = team.Slug },
            ["createdBy"] = null,
            ["dateCreated"] = detector.DateCreated.Json(),
            ["dateUpdated"] = detector.DateCreated.Json(),
            ["dataSources"] = detector.Monitor is { } monitor ? new JsonArray(Source(monitor, detector)) : null,
            ["conditionGroup"] = null,
            ["config"] = new JsonObject(),
            ["enabled"] = true,
            ["latestGroup"] = null,
        }.WriteTo(writer);
    }

    /// <summary>"Notify the team about new issues of high priority."</summary>
    public static void WriteWorkflow(Utf8JsonWriter writer, Team team, Organization organization)
    {
        var (evidence, id) = (organization.Evidence, organization.Evidence.WorkflowId(team));
        new JsonObject
        {
            ["id"] = $"{id}",
            ["name"] = $"Notify {team.Slug}",
            ["organizationId"] = $"{organization.Id}",
            ["createdBy"] = null,
            ["dateCreated"] = team.DateCreated.Json(),
            ["dateUpdated"] = team.DateCreated.Json(),
            ["triggers"] = Group(id, organization, "any-short", [Condition(id, "first_seen_event")], []),
            ["actionFilters"] = new JsonArray(Group(id + 1, organization, "all", [], [Mail(id, team)])),
            ["environment"] = null,
            ["config"] = new JsonObject { ["frequency"] = 30 },
            ["detectorIds"] = new JsonArray([.. evidence.Detectors.Of(team).Select(detector => JsonValue.Create($"{detector.Id}"))]),
            ["enabled"] = true,
            ["lastTriggered"] = null,
            ["owner"] = $"team:{team.Id}",
        }.WriteTo(writer);
    }

    private static JsonObject Source(CronMonitor monitor, Detector detector) => new()
    {
        ["id"] = $"{detector.Id}",
        ["type"] = "cron_monitor",
        ["sourceId"] = $"{monitor.Id}",
        ["queryObj"] = new JsonObject { ["slug"] = monitor.Slug, ["name"] = monitor.Name },
    };

    private static JsonObject Group(long id, Organization organization, string logic, JsonArray conditions, JsonArray actions) => new()
    {
        ["id"] = $"{id}",
        ["organizationId"] = $"{organization.Id}",
        ["logicType"] = logic,
        ["conditions"] = conditions,
        ["actions"] = actions,
    };

    private static JsonObject Condition(long id, string type) => new() { ["id"] = $"{id}", ["type"] = type, ["comparison"] = true, ["conditionResult"] = true };

    private static JsonObject Mail(long id, Team team) => new()
    {
        ["id"] = $"{id}",
        ["type"] = "email",
        ["integrationId"] = null,
        ["data"] = new JsonObject(),
        ["config"] = new JsonObject { ["targetType"] = "team", ["targetDisplay"] = null, ["targetIdentifier"] = $"{team.Id}" },
        ["status"] = "active",
    };
}
