using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Kernel;

namespace Watchbill.Operations.AuditExport;

/// <summary>
/// Audit events in the form of the Open Cybersecurity Schema Framework, version 1.6: sign-ins as Authentication (3002), what happens to accounts as Account Change (3001), everything else as API
/// Activity (6003). What has no place there is under <c>unmapped</c>, with the number of the entry in the evidence log, by which it can be proven.
/// </summary>
internal static class OcsfEvent
{
    public const string SchemaVersion = "1.6.0";

    private const int AccountChange = 3001;
    private const int Authentication = 3002;
    private const int ApiActivity = 6003;
    private const int Informational = 1;
    private const int Other = 99;

    /// <summary>The event.</summary>
    /// <param name="entry">What was done, and where it is in the evidence log.</param>
    public static JsonObject Of(SealedEvent entry)
    {
        var audit = entry.Event;
        var (@class, activity) = ClassOf(audit);
        var failed = audit.Action is "sign-in-failed";
        var json = new JsonObject
        {
            ["category_uid"] = @class / 1000,
            ["class_uid"] = @class,
            ["activity_id"] = activity,
            ["type_uid"] = (@class * 100) + activity,
            ["time"] = audit.At.ToUnixTimeMilliseconds(),
            ["severity_id"] = Informational,
            ["status_id"] = failed ? 2 : 1,
            ["message"] = $"{audit.Action} {audit.SubjectKind} {audit.SubjectId}",
            ["metadata"] = new JsonObject
            {
                ["version"] = SchemaVersion,
                ["uid"] = $"{audit.Id}",
                ["event_code"] = audit.Action,
                ["product"] = new JsonObject { ["name"] = "Watchbill", ["vendor_name"] = "Watchbill", ["version"] = NodeBook.ThisVersion },
            },
            ["actor"] = new JsonObject { ["user"] = UserOf(audit.Actor) },
            ["unmapped"] = new JsonObject
            {
                ["log_index"] = entry.Index,
                ["subject_kind"] = audit.SubjectKind,
                ["subject_id"] = audit.SubjectId,
                ["before"] = Parsed(audit.Before),
                ["after"] = Parsed(audit.After),
                ["reason"] = audit.Reason,
            },
        };
        AddOwn(json, audit, @class);
        return json;
    }

    private static void AddOwn(JsonObject json, AuditEvent audit, int @class)
    {
        if (audit.Actor.From is { } from)
        {
            json["src_endpoint"] = System.Net.IPAddress.TryParse(from, out _) ? new JsonObject { ["ip"] = from } : new JsonObject { ["hostname"] = from };
        }

        if (@class is ApiActivity)
        {
            json["api"] = new JsonObject { ["operation"] = audit.Action, ["service"] = new JsonObject { ["name"] = audit.SubjectKind } };
            json["resources"] = new JsonArray(new JsonObject { ["uid"] = audit.SubjectId, ["type"] = audit.SubjectKind });
        }
        else
        {
            json["user"] = new JsonObject { ["uid"] = audit.SubjectId, ["type_id"] = 1 };
        }
    }

    /// <summary>What sort of event an action is. Actions are past tense: what ends in <c>-made</c> created something.</summary>
    private static (int Class, int Activity) ClassOf(AuditEvent audit) => (audit.SubjectKind, audit.Action) switch
    {
        (_, "signed-in" or "sign-in-failed") => (Authentication, 1),
        (_, "session-ended" or "sessions-ended") => (Authentication, 2),
        ("account", "account-made" or "person-invited") => (AccountChange, 1),
        ("account", "account-reopened" or "invitation-accepted") => (AccountChange, 2),
        ("account", "password-changed") => (AccountChange, 3),
        ("account", "password-link-made") => (AccountChange, 4),
        ("account", "account-closed" or "invitation-withdrawn") => (AccountChange, 5),
        ("account", _) => (AccountChange, Other),
        (_, var action) when action.EndsWith("-made", StringComparison.Ordinal) || action.EndsWith("-created", StringComparison.Ordinal) || action.EndsWith("-connected", StringComparison.Ordinal) => (ApiActivity, 1),
        (_, var action) when action.EndsWith("-read", StringComparison.Ordinal) || action.EndsWith("-seen", StringComparison.Ordinal) => (ApiActivity, 2),
        (_, var action) when action.EndsWith("-changed", StringComparison.Ordinal) || action.EndsWith("-edited", StringComparison.Ordinal) || action.EndsWith("-set", StringComparison.Ordinal) => (ApiActivity, 3),
        (_, var action) when action.EndsWith("-removed", StringComparison.Ordinal) || action.EndsWith("-revoked", StringComparison.Ordinal) || action.EndsWith("-erased", StringComparison.Ordinal) => (ApiActivity, 4),
        _ => (ApiActivity, Other),
    };

    private static JsonObject UserOf(Actor actor) => new()
    {
        ["uid"] = $"{Word.Of(actor.Kind)}:{actor.Id}",
        ["type_id"] = actor.Kind switch { ActorKind.Account => 1, ActorKind.CommandLine => 2, ActorKind.System => 3, _ => Other },
        ["type"] = Word.Of(actor.Kind),
    };

    /// <summary>What an event keeps as text, as JSON again.</summary>
    public static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);
}
