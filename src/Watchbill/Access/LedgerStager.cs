using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>Stages prepared observations within one transaction.</summary>
internal sealed class LedgerStager(Transaction transaction, ConnectorId connector, SyncRunId run)
{
    /// <summary>From so many rows on a plan made for an empty table costs more than looking at the table.</summary>
    public const int ManyRows = 1_000;

    public async Task<IReadOnlyList<StageOutcome>> StageAsync(IReadOnlyList<ObservedScope> observed, CancellationToken cancellationToken)
    {
        var states = await LedgerStore.LastReadsAsync(transaction, connector, [.. observed.Select(static scope => scope.Mark.Scope)], cancellationToken);
        var outcomes = observed.Select(scope => Judge(scope, states.GetValueOrDefault(scope.Mark.Scope))).ToList();
        var accepted = observed.Where((_, i) => outcomes[i].Status is not StageStatus.ClockWentBack).ToList();
        var changed = observed.Where((_, i) => outcomes[i].Status is StageStatus.Staged).ToList();

        await ForgetEarlierAsync(accepted, cancellationToken);
        await LedgerStore.InsertMarksAsync(transaction, accepted.Select(scope => scope.Mark with { IsUnchanged = !changed.Contains(scope) }), cancellationToken);
        await StageFactsAsync(changed, cancellationToken);
        await StageActivityAsync(accepted, cancellationToken);
        return outcomes;
    }

    private static StageOutcome Judge(ObservedScope observed, LastRead? last)
    {
        var mark = observed.Mark;
        var rows = observed.Facts.Count;
        if (last?.At >= mark.ReadAt)
        {
            return new StageOutcome(mark.Scope, StageStatus.ClockWentBack, rows, observed.Warnings, LedgerRefusals.ClockWentBack(mark, last.At.Value));
        }

        var status = last?.Digest == mark.Digest ? StageStatus.Unchanged : StageStatus.Staged;
        return new StageOutcome(mark.Scope, status, rows, observed.Warnings);
    }

    private async Task ForgetEarlierAsync(IReadOnlyList<ObservedScope> observed, CancellationToken cancellationToken)
    {
        foreach (var scope in await LedgerStore.StagedAlreadyAsync(transaction, run, [.. observed.Select(static scope => scope.Mark.Scope)], cancellationToken))
        {
            await LedgerStore.UnstageAsync(transaction, run, scope, cancellationToken);
        }
    }

    private async Task StageFactsAsync(IReadOnlyList<ObservedScope> observed, CancellationToken cancellationToken)
    {
        foreach (var kind in observed.SelectMany(static scope => scope.Facts).GroupBy(FactKinds.Of))
        {
            var store = FactStore.Of(kind.Key);
            await store.StageAsync(transaction, kind, cancellationToken);
            if (kind.Count() >= ManyRows)
            {
                await store.AnalyzeStagedAsync(transaction, cancellationToken);
            }
        }
    }

    private async Task StageActivityAsync(IReadOnlyList<ObservedScope> observed, CancellationToken cancellationToken)
    {
        if (observed.All(static scope => scope.Activity.Count == 0))
        {
            return;
        }

        var stored = await LedgerStore.ActivityAsync(transaction, connector, cancellationToken);
        await LedgerStore.StageActivityAsync(transaction, observed.SelectMany(scope => scope.ActivityOtherThan(stored)), cancellationToken);
    }
}
