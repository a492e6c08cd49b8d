using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Generation.Evidence;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Cron monitors and their check-ins.</summary>
internal static class MonitorJson
{
    public static void Write(Utf8JsonWriter writer, CronMonitor monitor, Call call)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, monitor.Id);
        writer.WriteString("name"u8, monitor.Name);
        writer.WriteString("slug"u8, monitor.Slug);
        writer.WriteString("status"u8, "active"u8);
        writer.WriteBoolean("isMuted"u8, monitor.IsMuted);
        writer.WriteBoolean("isUpserting"u8, false);
        writer.WritePropertyName("config"u8);
        Schedule(monitor).WriteTo(writer);
        writer.WriteInstant("dateCreated"u8, monitor.DateCreated);
        writer.WritePropertyName("project"u8);
        ProjectJson.WriteInTeam(writer, monitor.Project, call);
        WriteEnvironment(writer, monitor, call.Organization.Evidence.Monitors);
        writer.WritePropertyName("owner"u8);
        WriteOwner(writer, monitor.Owner);
        writer.WriteEndObject();
    }

    public static void WriteCheckIn(Utf8JsonWriter writer, CheckIn run, CronMonitor monitor) => new JsonObject
    {
        ["id"] = $"{run.Id}",
        ["environment"] = EvidenceNames.Production,
        ["status"] = run.Status,
        ["duration"] = run.Milliseconds,
        ["dateCreated"] = run.Time.Json(),
        ["dateAdded"] = run.Time.Json(),
        ["dateUpdated"] = run.Time.AddMilliseconds(run.Milliseconds ?? 0).Json(),
        ["dateInProgress"] = run.Milliseconds is null ? null : run.Time.Json(),
        ["dateClock"] = run.Time.Json(),
        ["expectedTime"] = run.Time.Json(),
        ["monitorConfig"] = Schedule(monitor),
    }.WriteTo(writer);

    public static void WriteOwner(Utf8JsonWriter writer, Team? team)
    {
        if (team is null)
        {
            writer.WriteNullValue();
            return;
        }

        new JsonObject { ["type"] = "team", ["id"] = $"{team.Id}", ["name"] = team.Slug }.WriteTo(writer);
    }

    private static JsonObject Schedule(CronMonitor monitor) => new()
    {
        ["schedule_type"] = monitor.Hours == 24 ? "crontab" : "interval",
        ["schedule"] = monitor.Hours == 24 ? "0 0 * * *" : new JsonArray(monitor.Hours, "hour"),
        ["checkin_margin"] = 5,
        ["max_runtime"] = 30,
        ["timezone"] = "UTC",
        ["failure_issue_threshold"] = 1,
        ["recovery_threshold"] = 1,
        ["alert_rule_id"] = null,
    };

    private static void WriteEnvironment(Utf8JsonWriter writer, CronMonitor monitor, GeneratedMonitors monitors)
    {
        var last = monitors.CheckIn(monitor, 0);
        writer.WriteStartArray("environments"u8);
        new JsonObject
        {
            ["name"] = EvidenceNames.Production,
            ["status"] = last.Status,
            ["isMuted"] = monitor.IsMuted,
            ["dateCreated"] = monitor.DateCreated.Json(),
            ["lastCheckIn"] = last.Time.Json(),
            ["nextCheckIn"] = last.Time.AddHours(monitor.Hours).Json(),
            ["nextCheckInLatest"] = last.Time.AddHours(monitor.Hours).AddMinutes(5).Json(),
            ["activeIncident"] = last.Status == "ok" ? null : new JsonObject { ["startingTimestamp"] = last.Time.Json(), ["resolvingTimestamp"] = null, ["brokenNotice"] = null },
        }.WriteTo(writer);
        writer.WriteEndArray();
    }
}
