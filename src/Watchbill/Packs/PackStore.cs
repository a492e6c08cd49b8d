using System.Globalization;
using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Integrity;
using Watchbill.Integrity.Timestamps;
using Watchbill.Kernel;
using Watchbill.Reviews;
using Watchbill.Storage;

namespace Watchbill.Packs;

/// <summary>The SQL of packs, beside that of populations.</summary>
internal static class PackStore
{
    /// <summary>An audit event with its place in the log.</summary>
    public sealed record SealedEvent(long Index, string Entry, AuditEvent Event);

    private const int AtOnce = 2_000;

    /// <summary>Subjects whose events say in their text which connector they are about.</summary>
    private static readonly HashSet<string> NamingConnector = new(["check-run", "check-exception", "action", "artifact", "check", "log-line"], StringComparer.Ordinal);

    /// <summary>The last run before an instant, with its lines; null when there was none.</summary>
    public static async Task<CheckRun?> RunBeforeAsync(ReadSession session, ConnectorId connector, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var run = await session.Connection.GetTable<CheckRunRow>().Where(row => row.ConnectorId == connector && row.At < before).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : run.ToRun((await CheckRunStore.LinesAsync(session, [run.Id], cancellationToken)).OrderBy(static line => line.CheckId, StringComparer.Ordinal));
    }

    /// <summary>What the run rested on, as JSON.</summary>
    public static async Task<string> InputsAsync(PackScope scope) => (await CheckRunStore.FindAsync(scope.Session, scope.Run.Id, scope.CancellationToken))!.Inputs;

    /// <summary>What a check said in the run of each resource.</summary>
    public static async Task<IReadOnlyList<ExceptedVerdict>> VerdictsAsync(PackScope scope, string check) => await scope.Session.ReadAsync(
        """
        SELECT f.resource_kind, f.resource_key, f.resource_name, f.outcome, f.reason, f.exception_id FROM check_result f
        WHERE f.connector_id = @connector AND f.check_id = @check AND f.valid_from <= @at AND f.valid_to > @at
        """,
        [("connector", scope.Id.Value), ("check", check), ("at", Conventions.ToMicroseconds(scope.Run.At))],
        static row => new ExceptedVerdict(
            new Verdict(new CheckResource(Enum.Parse<ResourceKind>(row.GetString(0)), row.GetString(1), row.GetString(2)), Enum.Parse<CheckOutcome>(row.GetString(3)), row.Text(4)),
            row.IsDBNull(5) ? null : new CheckExceptionId(row.GetInt64(5))),
        scope.CancellationToken);

    /// <summary>The hashes of artifacts that were recorded before the end of the period and are there, each once.</summary>
    public static async Task<IReadOnlyList<string>> ArtifactsAsync(PackScope scope) => await scope.Session.ReadAsync(
        "SELECT DISTINCT f.sha256 FROM artifact f WHERE f.connector_id = @connector AND f.recorded_at < @to AND f.erased_at IS NULL ORDER BY f.sha256",
        [("connector", scope.Id.Value), ("to", Conventions.ToMicroseconds(scope.Request.To))],
        static row => row.GetString(0),
        scope.CancellationToken);

    /// <summary>Campaigns that ended in the period.</summary>
    public static Task<List<CampaignRow>> CampaignsAsync(PackScope scope)
    {
        var (connector, from, to) = (scope.Id, scope.Request.From, scope.Request.To);
        return scope.Session.Connection.GetTable<CampaignRow>().Where(row => row.ConnectorId == connector && row.EndedAt >= from && row.EndedAt < to).OrderBy(row => row.Id).ToListAsync(scope.CancellationToken);
    }

    /// <summary>The sealed events of the period that are about the connector's compliance, reviews and requests, and the one of the run; in the order of the log.</summary>
    public static async Task<IReadOnlyList<SealedEvent>> EventsAsync(PackScope scope)
    {
        var reviews = await IdsAsync(scope, "SELECT f.id FROM review_campaign f WHERE f.connector_id = @connector");
        var requests = await IdsAsync(scope, "SELECT f.id FROM access_request f WHERE f.connector_id = @connector");
        var grants = await IdsAsync(scope, "SELECT f.id FROM temporary_grant f WHERE f.connector_id = @connector");
        List<SealedEvent> events = [];
        var after = 0L;
        List<AuditEventRow> page;
        do
        {
            page = await PageAsync(scope, after);
            after = page.Count == 0 ? after : page[^1].Id;
            List<AuditEvent> fitting = [.. page.Select(static row => row.ToEvent()).Where(IsWanted)];
            var ids = fitting.Select(static one => one.Id).ToList();
            var entries = await scope.Session.Connection.GetTable<LogEntryRow>().Where(row => ids.Contains(row.AuditId)).ToDictionaryAsync(row => row.AuditId, scope.CancellationToken);
            events.AddRange(fitting.Where(one => entries.ContainsKey(one.Id)).Select(one => new SealedEvent(entries[one.Id].Idx, entries[one.Id].Entry, one)));
        }
        while (page.Count == AtOnce);
        return [.. events.OrderBy(static one => one.Index)];

        bool IsWanted(AuditEvent one) => one.SubjectKind switch
        {
            "check-run" when one.SubjectId == scope.Run.Id.ToString() => true,
            _ when one.At < scope.Request.From => false,
            "campaign" => reviews.Contains(one.SubjectId),
            "access-request" => requests.Contains(one.SubjectId),
            "temporary-grant" => grants.Contains(one.SubjectId),
            "connector" => one.SubjectId == scope.Id.ToString(),
            { } kind => NamingConnector.Contains(kind) && ConnectorOf(one) == scope.Id.ToString(),
        };
    }

    /// <summary>The first checkpoint that covers the entries up to an index; null when none does.</summary>
    public static async Task<CheckpointRow?> CheckpointAsync(PackScope scope, long index)
    {
        var stamped = (await TimestampStore.FirstOverAsync(scope.Session, index, scope.CancellationToken))?.Size;
        var checkpoints = scope.Session.Connection.GetTable<CheckpointRow>().Where(row => row.Size > index);
        checkpoints = stamped is null ? checkpoints : checkpoints.Where(row => row.Size == stamped);
        return await checkpoints.OrderBy(row => row.Size).FirstOrDefaultAsync(scope.CancellationToken);
    }

    /// <summary>A checkpoint of exactly this size; null when none was signed.</summary>
    public static Task<CheckpointRow?> CheckpointOfAsync(PackScope scope, long size) =>
        scope.Session.Connection.GetTable<CheckpointRow>().FirstOrDefaultAsync(row => row.Size == size, scope.CancellationToken);

    private static Task<List<AuditEventRow>> PageAsync(PackScope scope, long after)
    {
        var (run, from, to) = (scope.Run.Id.ToString(), scope.Request.From, scope.Request.To);
        return scope.Session.Connection.GetTable<AuditEventRow>()
            .Where(row => row.Id > after && ((row.At >= from && row.At < to) || (row.SubjectKind == "check-run" && row.SubjectId == run))).OrderBy(row => row.Id).Take(AtOnce).ToListAsync(scope.CancellationToken);
    }

    private static async Task<HashSet<string>> IdsAsync(PackScope scope, string sql) =>
        (await scope.Session.ReadAsync(sql, [("connector", scope.Id.Value)], static row => row.GetInt64(0).ToString(CultureInfo.InvariantCulture), scope.CancellationToken)).ToHashSet(StringComparer.Ordinal);

    private static string? ConnectorOf(AuditEvent one)
    {
        if (one.After is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(one.After);
        return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("connector", out var connector) ? connector.ToString() : null;
    }
}
