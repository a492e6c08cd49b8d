using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>The SQL of scopes and of what runs staged; the facts themselves are in <see cref="FactStore"/>.</summary>
internal static class LedgerStore
{
    public static IQueryable<StagedScope> Marks(DatabaseSession session, SyncRunId run) =>
        session.Connection.GetTable<StagedScope>().Where(mark => mark.SyncRun == run);

    public static IQueryable<ScopeState> States(DatabaseSession session, ConnectorId connector) =>
        session.Connection.GetTable<ScopeState>().Where(state => state.ConnectorId == connector);

    public static Task<List<ScopeState>> StatesAsync(DatabaseSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        States(session, connector).OrderBy(state => state.Scope).ToListAsync(cancellationToken);

    public static Task<ScopeState?> StateAsync(DatabaseSession session, ConnectorId connector, string scope, CancellationToken cancellationToken) =>
        States(session, connector).FirstOrDefaultAsync(state => state.Scope == scope, cancellationToken);

    public static Task<List<StagedScope>> MarksAsync(DatabaseSession session, SyncRunId run, CancellationToken cancellationToken) =>
        Marks(session, run).OrderBy(mark => mark.Scope).ToListAsync(cancellationToken);

    public static async Task InsertMarksAsync(Transaction transaction, IEnumerable<StagedScope> marks, CancellationToken cancellationToken) =>
        await transaction.Connection.BulkCopyAsync(marks, cancellationToken);

    /// <summary>Forgets what a run staged for one scope.</summary>
    public static async Task UnstageAsync(Transaction transaction, SyncRunId run, string scope, CancellationToken cancellationToken)
    {
        await Marks(transaction, run).Where(mark => mark.Scope == scope).DeleteAsync(cancellationToken);
        await StagedActivity(transaction, run).Where(activity => activity.Scope == scope).DeleteAsync(cancellationToken);
        foreach (var store in FactStore.All)
        {
            await store.UnstageAsync(transaction, run, scope, cancellationToken);
        }
    }

    /// <summary>Forgets everything a run staged.</summary>
    public static async Task UnstageAsync(Transaction transaction, SyncRunId run, CancellationToken cancellationToken)
    {
        await Marks(transaction, run).DeleteAsync(cancellationToken);
        await StagedActivity(transaction, run).DeleteAsync(cancellationToken);
        foreach (var store in FactStore.All)
        {
            await store.UnstageAsync(transaction, run, scope: null, cancellationToken);
        }
    }

    /// <summary>Makes everything that one run staged the other's.</summary>
    public static async Task AdoptAsync(Transaction transaction, SyncRunId from, SyncRunId to, CancellationToken cancellationToken)
    {
        await Marks(transaction, from).Set(mark => mark.SyncRun, to).UpdateAsync(cancellationToken);
        await StagedActivity(transaction, from).Set(activity => activity.SyncRun, to).UpdateAsync(cancellationToken);
        foreach (var store in FactStore.All)
        {
            await store.AdoptAsync(transaction, from, to, cancellationToken);
        }
    }

    /// <summary>Makes the scopes that a run read fresh as of their reads. A row is replaced: nothing of the old one outlives a complete read.</summary>
    public static async Task CheckpointAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var marks = Marks(transaction, run);
        await States(transaction, connector).Where(state => marks.Select(mark => mark.Scope).Contains(state.Scope)).DeleteAsync(cancellationToken);
        await marks.InsertAsync(
            transaction.Connection.GetTable<ScopeState>(),
            mark => new ScopeState
            {
                ConnectorId = mark.ConnectorId,
                Scope = mark.Scope,
                LastCompleteRun = mark.SyncRun,
                LastCompleteAt = mark.ReadAt,
                Digest = mark.Digest,
                RowCount = mark.RowCount,
                StaleSince = null,
                StaleReason = null,
            },
            cancellationToken);
    }

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
        await transaction.Connection.BulkCopyAsync(activity, cancellationToken);

    public static async Task ApplyActivityAsync(Transaction transaction, ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        var staged = StagedActivity(transaction, run);
        await transaction.Connection.GetTable<PrincipalActivity>()
            .Where(activity => activity.ConnectorId == connector && staged.Select(row => row.PrincipalKey).Contains(activity.PrincipalKey))
            .DeleteAsync(cancellationToken);
        await staged.InsertAsync(
            transaction.Connection.GetTable<PrincipalActivity>(),
            row => new PrincipalActivity
            {
                ConnectorId = row.ConnectorId,
                PrincipalKey = row.PrincipalKey,
                LastActive = row.LastActive,
                LastLogin = row.LastLogin,
                ObservedAt = row.ObservedAt,
            },
            cancellationToken);
    }

    private static IQueryable<StagedActivity> StagedActivity(Transaction transaction, SyncRunId run) =>
        transaction.Connection.GetTable<StagedActivity>().Where(activity => activity.SyncRun == run);
}

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
