using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>The SQL of scopes and of what runs staged; the facts themselves are in <see cref="FactStore"/>.</summary>
internal static class LedgerStore
{
    /// <summary>What is staged besides the facts.</summary>
    private static readonly string[] RunTables = ["staged_scope", "staged_activity"];

    public static IQueryable<StagedScope> Marks(DatabaseSession session, SyncRunId run) =>
        session.Connection.GetTable<StagedScope>().Where(mark => mark.SyncRun == run);

    public static IQueryable<ScopeState> States(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<ScopeState>().Where(state => state.ConnectorId == connector);

    public static Task<List<ScopeState>> StatesAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        session.ReadWholeAsync<ScopeState>("SELECT * FROM scope_state WHERE connector_id = @connector ORDER BY scope", [("connector", connector.Value)], cancellationToken);

    /// <summary>The last complete reads of some scopes; a scope that was never read completely may be missing.</summary>
    public static async Task<Dictionary<string, LastRead>> LastReadsAsync(
        DatabaseSession session, ConnectorId connector, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var (listed, values) = Listed(scopes);
        var reads = await session.ReadAsync(
            $"SELECT scope, last_complete_at, digest FROM scope_state WHERE connector_id = @connector AND scope IN ({listed})",
            [("connector", connector.Value), .. values],
            static row => (Scope: row.GetString(0), Read: new LastRead(row.Instant(1), row.Number(2))),
            cancellationToken);
        return reads.ToDictionary(static read => read.Scope, static read => read.Read, StringComparer.Ordinal);
    }

    /// <summary>Those of some scopes that the run has staged.</summary>
    public static Task<List<string>> StagedAlreadyAsync(DatabaseSession session, SyncRunId run, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var (listed, values) = Listed(scopes);
        return session.ReadAsync(
            $"SELECT scope FROM staged_scope WHERE sync_run = @run AND scope IN ({listed})", [("run", run.Value), .. values], static row => row.GetString(0), cancellationToken);
    }

    public static Task<List<StagedScope>> MarksAsync(DatabaseSession session, SyncRunId run, CancellationToken cancellationToken) =>
        session.ReadWholeAsync<StagedScope>("SELECT * FROM staged_scope WHERE sync_run = @run ORDER BY scope", [("run", run.Value)], cancellationToken);

    public static async Task InsertMarksAsync(Transaction transaction, IEnumerable<StagedScope> marks, CancellationToken cancellationToken) =>
        await transaction.InsertAllAsync(marks, cancellationToken);

    /// <summary>Forgets what a run staged for one scope.</summary>
    public static async Task UnstageAsync(Transaction transaction, SyncRunId run, string scope, CancellationToken cancellationToken)
    {
        foreach (var table in RunTables)
        {
            await transaction.Connection.ExecuteAsync(
                $"DELETE FROM {table} WHERE sync_run = @run AND scope = @scope", cancellationToken, StoreParameters.Run(run), StoreParameters.Text("scope", scope));
        }

        foreach (var store in FactStore.All)
        {
            await store.UnstageAsync(transaction, run, scope, cancellationToken);
        }
    }

    /// <summary>Forgets everything a run staged.</summary>
    public static async Task UnstageAsync(Transaction transaction, SyncRunId run, CancellationToken cancellationToken)
    {
        foreach (var table in RunTables)
        {
            await transaction.Connection.ExecuteAsync($"DELETE FROM {table} WHERE sync_run = @run", cancellationToken, StoreParameters.Run(run));
        }

        foreach (var store in FactStore.All)
        {
            await store.UnstageAsync(transaction, run, cancellationToken);
        }
    }

    /// <summary>Makes everything that one run staged the other's.</summary>
    public static async Task AdoptAsync(Transaction transaction, SyncRunId from, SyncRunId to, CancellationToken cancellationToken)
    {
        foreach (var table in RunTables)
        {
            await transaction.Connection.ExecuteAsync(
                $"UPDATE {table} SET sync_run = @to WHERE sync_run = @run", cancellationToken, StoreParameters.Run(from), StoreParameters.Number("to", to.Value));
        }

        foreach (var store in FactStore.All)
        {
            await store.AdoptAsync(transaction, from, to, cancellationToken);
        }
    }

    /// <summary>Makes the scopes that a run read fresh as of their reads. Of the row before, only the first complete read is kept.</summary>
    public static async Task CheckpointAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        await transaction.Connection.ExecuteAsync(
            """
            INSERT INTO scope_state (connector_id, scope, last_complete_run, last_complete_at, first_complete_at, listed_at, digest, row_count)
            SELECT connector_id, scope, sync_run, read_at, read_at, CASE WHEN is_patched THEN NULL ELSE read_at END, digest, row_count
            FROM staged_scope WHERE sync_run = @run AND connector_id = @connector
            ON CONFLICT (connector_id, scope) DO UPDATE SET
                last_complete_run = excluded.last_complete_run,
                last_complete_at = excluded.last_complete_at,
                listed_at = COALESCE(excluded.listed_at, scope_state.listed_at),
                vouched_at = NULL,
                first_complete_at = COALESCE(scope_state.first_complete_at, excluded.first_complete_at),
                digest = excluded.digest,
                row_count = excluded.row_count,
                stale_since = NULL,
                stale_reason = NULL
            """,
            cancellationToken,
            StoreParameters.Of(connector, run));
    }

    /// <summary>Notes for every scope that is fresh and was read before the instant that Sentry's audit log names no change of it until then.</summary>
    public static Task VouchAsync(DatabaseSession session, ConnectorId connector, DateTimeOffset until, CancellationToken cancellationToken) =>
        States(session, connector)
            .Where(state => state.Scope != Scope.AuditLog && state.StaleSince == null && state.LastCompleteAt < until && (state.VouchedAt == null || state.VouchedAt < until))
            .Set(state => state.VouchedAt, until)
            .UpdateAsync(cancellationToken);

    private static (string Listed, IEnumerable<(string Name, object Value)> Values) Listed(IReadOnlyList<string> scopes) =>
        (string.Join(", ", scopes.Select(static (_, index) => $"@scope{index}")), scopes.Select(static (scope, index) => ($"scope{index}", (object)scope)));

    /// <summary>Marks a scope stale; the first "since" stays, the latest reason counts.</summary>
    public static async Task MarkStaleAsync(Transaction transaction, ScopeState stale, CancellationToken cancellationToken)
    {
        var updated = await States(transaction, stale.ConnectorId)
            .Where(state => state.Scope == stale.Scope)
            .Set(state => state.StaleSince, state => state.StaleSince ?? stale.StaleSince)
            .Set(state => state.StaleReason, stale.StaleReason)
            .UpdateAsync(cancellationToken);
        if (updated == 0)
        {
            await transaction.Connection.InsertAsync(stale, token: cancellationToken);
        }
    }

    public static async Task<Dictionary<string, PrincipalActivity>> ActivityAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        await session.Connection.GetTable<PrincipalActivity>().Where(activity => activity.ConnectorId == connector)
            .ToDictionaryAsync(activity => activity.PrincipalKey, cancellationToken);

    public static async Task StageActivityAsync(Transaction transaction, IEnumerable<StagedActivity> activity, CancellationToken cancellationToken) =>
        await transaction.InsertAllAsync(activity, cancellationToken);

    public static async Task ApplyActivityAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        await transaction.Connection.ExecuteAsync(
            """
            DELETE FROM principal_activity
            WHERE connector_id = @connector AND principal_key IN (SELECT staged.principal_key FROM staged_activity AS staged WHERE staged.sync_run = @run)
            """,
            cancellationToken,
            StoreParameters.Of(connector, run));
        await transaction.Connection.ExecuteAsync(
            """
            INSERT INTO principal_activity (connector_id, principal_key, last_active, last_login, observed_at)
            SELECT connector_id, principal_key, last_active, last_login, observed_at FROM staged_activity WHERE sync_run = @run AND connector_id = @connector
            """,
            cancellationToken,
            StoreParameters.Of(connector, run));
    }
}

/// <summary>When a scope was last read completely, and what it said; null while it never was.</summary>
internal sealed record LastRead(DateTimeOffset? At, long? Digest);

/// <summary>A principal's activity that waits, like the facts of its scope, to be applied.</summary>
internal sealed class StagedActivity
{
    public SyncRunId SyncRun { get; init; }

    public required string Scope { get; init; }

    public ConnectorId ConnectorId { get; init; }

    public required string PrincipalKey { get; init; }

    public DateTimeOffset? LastActive { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public DateTimeOffset ObservedAt { get; init; }
}
