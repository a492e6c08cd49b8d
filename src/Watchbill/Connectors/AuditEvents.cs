using Watchbill.Audit;
using Watchbill.Connectors.Provisioning;
using Watchbill.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>What this feature writes into the audit log. Tokens appear by kind and last four characters only.</summary>
internal static class AuditEvents
{
    public static AuditEvent Connected(ConnectorId id, ConnectorRow row, Actor actor) => Event("connector-added", id, actor) with
    {
        After = Json(new() { ["name"] = row.Name, ["address"] = row.Address, ["organization"] = row.OrganizationSlug, ["token"] = Token(row.TokenKind, row.TokenLastFour) }),
    };

    public static AuditEvent Edited(ConnectorRow before, ConnectorRow after, Actor actor) => Event("connector-edited", after.Id, actor) with
    {
        Before = Describe(before),
        After = Describe(after),
    };

    public static AuditEvent SyncRequested(ConnectorRow connector, Actor actor) => Event("sync-requested", connector.Id, actor);

    public static AuditEvent CollectionRequested(ConnectorRow connector, IEnumerable<EvidenceKind> kinds, string? issue, Actor actor) =>
        Event("collection-requested", connector.Id, actor) with
        {
            After = Json(new() { ["kinds"] = string.Join(' ', kinds.Select(static kind => EvidenceKinds.Of(kind).Name)), ["issue"] = issue }),
        };

    public static AuditEvent TokenRotated(Connector connector, TokenReplacement token, Actor actor) =>
        Event("connector-token-rotated", connector.Id, actor) with
        {
            Before = Json(new() { ["token"] = Token(connector.TokenKind, connector.TokenLastFour) }),
            After = Json(new() { ["token"] = Token(token.Kind, token.LastFour) }),
        };

    public static AuditEvent WritingChanged(Connector connector, WritingChange writing, Actor actor) =>
        Event(writing.Since is null ? "writing-switched-off" : "writing-switched-on", connector.Id, actor) with
        {
            After = Json(new() { ["token"] = writing.TokenKind is null ? null : Token(writing.TokenKind, writing.TokenLastFour) }),
        };

    public static AuditEvent ChangeAsked(ProvisioningTask task) => Change("change-asked", task) with { Before = task.Before?.ToJson(), Reason = task.Reason };

    public static AuditEvent ChangeMoved(ProvisioningTask task, string action, Actor actor) => Change(action, task) with { Actor = actor };

    public static AuditEvent ChangeEnded(ProvisioningTask task) =>
        Change(task.State is ProvisioningState.Proven ? "change-proven" : "change-escalated", task) with
        {
            Actor = Actor.System,
            Before = task.Before?.ToJson(),
            After = task.ReadBack?.ToJson(),
            Reason = task.Note,
        };

    private static AuditEvent Change(string action, ProvisioningTask task) => Event(action, task.ConnectorId, task.Actor) with
    {
        SubjectKind = "provisioning-task",
        SubjectId = task.Id.ToString(),
    };

    public static AuditEvent Moved(Connector connector, StateChange change, Actor actor) => Event("connector-state-changed", connector.Id, actor) with
    {
        Before = Json(new() { ["state"] = connector.State.ToString() }),
        After = Json(new() { ["state"] = change.To.ToString() }),
        Reason = change.Reason,
    };

    public static AuditEvent Removed(Connector connector, Actor actor) => Event("connector-removed", connector.Id, actor) with
    {
        Before = Json(new() { ["name"] = connector.Name, ["organization"] = connector.OrganizationSlug }),
    };

    public static AuditEvent RunFinished(RunResult result) => RunEvent("sync-run-finished", result.Run, result.Actor);

    public static AuditEvent RunDecided(SyncRun run, Actor actor) =>
        RunEvent(run.State is SyncRunState.Rejected ? "sync-run-rejected" : "sync-run-confirmed", run, actor);

    private static AuditEvent RunEvent(string action, SyncRun run, Actor actor) => Event(action, run.ConnectorId, actor) with
    {
        After = Json(new() { ["run"] = run.Id.Value, ["state"] = run.State.ToString(), ["opened"] = run.Opened, ["closed"] = run.Closed }),
        Reason = run.Reason,
    };

    private static AuditEvent Event(string action, ConnectorId id, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "connector",
        SubjectId = id.ToString(),
    };

    private static string Describe(ConnectorRow row) => Json(new()
    {
        ["name"] = row.Name,
        ["application"] = row.Application,
        ["address"] = row.Address,
        ["organization"] = row.OrganizationSlug,
        ["budgetShare"] = row.BudgetShare,
        ["allowPrivateNetworks"] = row.AllowPrivateNetworks,
        ["schedule"] = row.Schedule,
    });

    private static string Token(string? kind, string? lastFour) => $"{kind ?? "token"} …{lastFour}";

    private static string Json(System.Text.Json.Nodes.JsonObject value) => value.ToJsonString();
}
