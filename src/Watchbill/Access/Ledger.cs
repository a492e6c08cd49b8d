using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>
/// The ledger of facts. A run stages every scope that it read completely and applies all of them in one transaction at its end:
/// a process that dies at any line leaves everything applied or nothing, and what was staged is still there to go on from.
/// </summary>
public sealed class Ledger(Database database, AuditLog audit)
{
    /// <summary>What the audit log says when a run was applied.</summary>
    internal const string Applied = "ledger-applied";

    /// <inheritdoc cref="StageAsync(ConnectorId, SyncRunId, IReadOnlyList{Observation}, CancellationToken)"/>
    public async Task<StageOutcome> StageAsync(ConnectorId connector, SyncRunId run, Observation observation, CancellationToken cancellationToken) =>
        (await StageAsync(connector, run, [observation], cancellationToken))[0];

    /// <summary>
    /// Stages complete reads of different scopes durably, in one transaction. A scope that says what the ledger already holds costs one
    /// row; staging a scope again replaces what the run staged of it before. The facts belong to the ledger afterwards.
    /// </summary>
    /// <returns>One outcome for each observation, in the same order.</returns>
    /// <exception cref="ArgumentException">A scope is there twice, or a fact belongs to another scope.</exception>
    public async Task<IReadOnlyList<StageOutcome>> StageAsync(
        ConnectorId connector, SyncRunId run, IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(observations);
        if (observations.Select(static observation => observation.Scope).Distinct().Count() != observations.Count)
        {
            throw new ArgumentException("A scope can be staged only once at a time.", nameof(observations));
        }

        var prepared = observations.Select(observation => ObservedScope.Prepare(connector, run, observation)).ToList();
        return await database.InTransactionAsync(transaction => new LedgerStager(transaction, connector, run).StageAsync(prepared, cancellationToken), cancellationToken);
    }

    /// <summary>Counts what applying the run would do. Reads only.</summary>
    public async Task<LedgerDifference> CompareAsync(ConnectorId connector, SyncRunId run, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        var marks = await LedgerStore.MarksAsync(session, run, cancellationToken);
        if (marks.All(static mark => mark.IsUnchanged))
        {
            return new LedgerDifference([]);
        }

        var lines = new List<DifferenceLine>();
        foreach (var store in FactStore.All)
        {
            lines.AddRange(await store.CompareAsync(session, connector, run, cancellationToken));
        }

        return new LedgerDifference([.. lines.OrderBy(static line => line.Kind).ThenBy(static line => line.Family, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Lists facts that applying a run would close or open, by scope and key. A fact that only changes is in neither list.
    /// </summary>
    public async Task<IReadOnlyList<Fact>> ListAsync(DifferenceQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        await using var session = database.OpenRead();
        var store = FactStore.Of(query.Kind);
        return query.Change switch
        {
            FactChange.Closing => await store.ListClosingAsync(session, query, cancellationToken),
            FactChange.Opening => await store.ListOpeningAsync(session, query, cancellationToken),
        };
    }

    /// <summary>
    /// Applies everything the run staged, in one transaction: facts that are gone or changed end, new ones begin, both at the instant
    /// their scope was read; the scopes become fresh; one audit event tells the counts. Scopes that the run did not read keep their facts.
    /// Applying a run again changes nothing.
    /// </summary>
    /// <remarks>
    /// <paramref name="alongside"/> is work of the caller that must become durable together with the facts, or stop them by throwing; null
    /// for none. It always runs, also when nothing was staged.
    /// </remarks>
    public Task<ApplyOutcome> ApplyAsync(
        ConnectorId connector, SyncRunId run, Func<Transaction, ApplyOutcome, CancellationToken, Task>? alongside, Actor actor, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var outcome = await new LedgerApplier(transaction, connector, run).ApplyAsync(cancellationToken);
                if (outcome is not { ScopesApplied: 0, ScopesUnchanged: 0, Outdated: [] })
                {
                    await audit.AppendAsync(transaction, EventOf(connector, run, outcome, actor), cancellationToken);
                }

                if (alongside is not null)
                {
                    await alongside(transaction, outcome, cancellationToken);
                }

                return outcome;
            },
            cancellationToken);

    /// <summary>Forgets everything the run staged. The ledger stays as it is.</summary>
    public Task DiscardAsync(SyncRunId run, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => LedgerStore.UnstageAsync(transaction, run, cancellationToken), cancellationToken);

    /// <summary>
    /// Makes what an interrupted run staged the staging of a new run, so that the new run need not read those scopes again. Scopes that
    /// the new run staged itself stay its own.
    /// </summary>
    public Task AdoptAsync(SyncRunId from, SyncRunId to, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                foreach (var own in await LedgerStore.MarksAsync(transaction, to, cancellationToken))
                {
                    await LedgerStore.UnstageAsync(transaction, from, own.Scope, cancellationToken);
                }

                await LedgerStore.AdoptAsync(transaction, from, to, cancellationToken);
            },
            cancellationToken);

    /// <summary>
    /// Records that scopes could not be read, and why, all or none of them. Their facts stay as they are; of several failures since the last complete
    /// read the first <paramref name="since"/> stays.
    /// </summary>
    public Task MarkStaleAsync(ConnectorId connector, IReadOnlyCollection<StaleScope> scopes, DateTimeOffset since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Count == 0
            ? Task.CompletedTask
            : database.InTransactionAsync(
                async transaction =>
                {
                    // Two processes may mark the same scope for the first time.
                    await Database.LockAsync(transaction, $"ledger:{connector}", cancellationToken);
                    foreach (var (scope, reason) in scopes)
                    {
                        await LedgerStore.MarkStaleAsync(transaction, new ScopeState { ConnectorId = connector, Scope = scope, StaleSince = since, StaleReason = reason }, cancellationToken);
                    }
                },
                cancellationToken);
    }

    /// <summary>
    /// Notes that Sentry's audit log, read to the instant, names no change of any scope that was read before it and is fresh. Whoever calls it has read
    /// again, or marked stale, every scope that the log names.
    /// </summary>
    public static Task VouchAsync(Transaction transaction, ConnectorId connector, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return LedgerStore.VouchAsync(transaction, connector, until, cancellationToken);
    }

    /// <inheritdoc cref="VouchAsync(Transaction, ConnectorId, DateTimeOffset, CancellationToken)"/>
    public Task VouchAsync(ConnectorId connector, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => VouchAsync(transaction, connector, until, cancellationToken), cancellationToken);

    /// <summary>Every scope that was ever read or tried, by name.</summary>
    public async Task<IReadOnlyList<ScopeState>> ScopesAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await LedgerStore.StatesAsync(session, connector, cancellationToken);
    }

    /// <summary>The scopes the run has staged so far, by name.</summary>
    public async Task<IReadOnlyList<StagedScope>> StagedAsync(SyncRunId run, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await LedgerStore.MarksAsync(session, run, cancellationToken);
    }

    /// <summary>
    /// The scopes of a family that have open facts. A team that no longer exists has nothing left to read: whoever knows that stages an
    /// empty observation for its scope.
    /// </summary>
    public async Task<IReadOnlyList<string>> KnownScopesAsync(ConnectorId connector, string family, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        var scopes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var store in FactStore.All)
        {
            scopes.UnionWith(await store.ScopesWithFactsAsync(session, connector, family, cancellationToken));
        }

        return [.. scopes];
    }

    private static AuditEvent EventOf(ConnectorId connector, SyncRunId run, ApplyOutcome outcome, Actor actor) => new()
    {
        Actor = actor,
        Action = Applied,
        SubjectKind = "sync-run",
        SubjectId = run.ToString(),
        After = JsonSerializer.Serialize(LedgerAuditRecord.Of(connector, outcome), LedgerAuditJson.Default.LedgerAuditRecord),
    };
}
