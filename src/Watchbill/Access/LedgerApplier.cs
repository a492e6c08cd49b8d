using Watchbill.Access.Logged;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>Applies what a run staged, within one transaction.</summary>
internal sealed class LedgerApplier(Transaction transaction, ConnectorId connector, SyncRunId run)
{
    /// <remarks>
    /// 1. Be alone for this connector. 2. Leave out scopes that another run moved on since they were staged. 3. Close, then open, and sum up both.
    /// 4. Explain what changed by Sentry's audit log. 5. Checkpoint; after closing, because closed facts take their last run from the old checkpoint.
    /// 6. Activity. 7. Forget the staging.
    /// </remarks>
    public async Task<ApplyOutcome> ApplyAsync(CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"ledger:{connector}", cancellationToken);
        var marks = await LedgerStore.MarksAsync(transaction, run, cancellationToken);
        if (marks is [])
        {
            return new ApplyOutcome([], 0, 0, []);
        }

        var states = (await LedgerStore.StatesAsync(transaction, connector, cancellationToken)).ToDictionary(static state => state.Scope);
        var outdated = await DropOutdatedAsync(marks, states, cancellationToken);
        var differing = marks.Where(mark => !mark.IsUnchanged && !outdated.Contains(mark.Scope)).ToList();
        var applied = differing.Count;
        var seal = new RowSeal();
        IReadOnlyList<AppliedChange> changes = applied == 0 ? [] : await ChangeFactsAsync(seal, cancellationToken);
        int? unlogged = null;
        if (changes.Count > 0)
        {
            unlogged = await new CauseStore(transaction, connector, run).RecordAsync(differing, states, [.. changes.Select(static change => change.Kind)], cancellationToken);
        }

        await LedgerStore.CheckpointAsync(transaction, connector, run, cancellationToken);
        await LedgerStore.ApplyActivityAsync(transaction, connector, run, cancellationToken);
        await LedgerStore.UnstageAsync(transaction, run, cancellationToken);
        return new ApplyOutcome(changes, applied, marks.Count - outdated.Count - applied, outdated) { Unlogged = unlogged, Digest = seal.Digest() };
    }

    private async Task<List<string>> DropOutdatedAsync(
        IReadOnlyList<StagedScope> marks, Dictionary<string, ScopeState> states, CancellationToken cancellationToken)
    {
        var outdated = marks.Where(mark => IsOutdated(mark, states.GetValueOrDefault(mark.Scope))).Select(static mark => mark.Scope).ToList();
        foreach (var scope in outdated)
        {
            await LedgerStore.UnstageAsync(transaction, run, scope, cancellationToken);
        }

        return outdated;
    }

    /// <summary>A later read is in the ledger, or "unchanged" was said about a state that is no longer the ledger's.</summary>
    private static bool IsOutdated(StagedScope mark, ScopeState? state) =>
        state?.LastCompleteAt >= mark.ReadAt || (mark.IsUnchanged && state?.Digest != mark.Digest);

    private async Task<IReadOnlyList<AppliedChange>> ChangeFactsAsync(RowSeal seal, CancellationToken cancellationToken)
    {
        var changes = new List<AppliedChange>();
        foreach (var store in FactStore.All)
        {
            var closed = await store.CloseAsync(transaction, connector, run, cancellationToken);
            if (closed > 0)
            {
                await store.SealEndedAsync(transaction, connector, run, seal, cancellationToken);
            }

            await store.SealBeginningAsync(transaction, connector, run, seal, cancellationToken);
            var opened = await store.OpenAsync(transaction, connector, run, cancellationToken);
            if (closed != 0 || opened != 0)
            {
                changes.Add(new AppliedChange(store.Kind, closed, opened));
            }

            if (closed + opened >= LedgerStager.ManyRows)
            {
                await store.AnalyzeFactsAsync(transaction, cancellationToken);
            }
        }

        return changes;
    }
}
