using System.Text.Json;
using System.Text.Json.Nodes;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>Changes to the organization itself. <c>by</c> is who did it; null is the first owner.</summary>
public static class SettingsChanges
{
    /// <summary>Applies <paramref name="edit"/>; the audit row lists every setting that differs, with its new value as text.</summary>
    public static void ChangeSettings(this Organization organization, Func<OrganizationSettings, OrganizationSettings> edit, Actor? by = null)
    {
        lock (organization.Gate)
        {
            var before = organization.Settings;
            organization.Settings = edit(before);
            var differences = Differences(before, organization.Settings);
            organization.Audit.Append("org.edit", by ?? organization.DefaultActor, row => row with
            {
                Note = "edited the organization setting: " + string.Join(", ", differences.Select(pair => $"{pair.Key} {pair.Value}")),
                TargetObject = organization.Id,
                Details = differences,
            });
        }
    }

    /// <summary>Turns "every member may reach every project and join every team" on or off.</summary>
    public static void SetOpenMembership(this Organization organization, bool open, Actor? by = null) =>
        organization.ChangeSettings(settings => settings with { OpenMembership = open }, by);

    private static JsonObject Differences(OrganizationSettings before, OrganizationSettings after)
    {
        var old = JsonSerializer.SerializeToNode(before, StateJson.Default.OrganizationSettings)!.AsObject();
        var now = JsonSerializer.SerializeToNode(after, StateJson.Default.OrganizationSettings)!.AsObject();
        var changed = now.Where(pair => !JsonNode.DeepEquals(pair.Value, old[pair.Key]));
        return new JsonObject(changed.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value?.ToString() ?? ""))));
    }
}
