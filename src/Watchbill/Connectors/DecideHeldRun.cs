using Watchbill.Access;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>A person confirms or rejects what the mass-loss guard held back.</summary>
public sealed class DecideHeldRun
{
    private readonly Database _database;
    private readonly SyncRunStore _runs;
    private readonly ConnectorStore _connectors;
    private readonly Ledger _ledger;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal DecideHeldRun(Database database, SyncRunStore runs, ConnectorStore connectors, Ledger ledger, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _runs = runs;
        _connectors = connectors;
        _ledger = ledger;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Applies exactly the difference that was held, not a newer one.</summary>
    public async Task<Result<SyncRun>> ConfirmAsync(SyncRunId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? PeopleRules.RefuseService(caller)) is { } lacking)
        {
            return lacking;
        }

        if (await _runs.FindAsync(id, cancellationToken) is not { } run)
        {
            return SyncRefusals.NoSuchRun(id);
        }

        if (run.State is not SyncRunState.NeedsConfirmation)
        {
            return SyncRefusals.RunNotHeld(id);
        }

        var difference = await _ledger.CompareAsync(run.ConnectorId, id, cancellationToken);
        var scopes = await _runs.ScopesAsync(id, cancellationToken);
        var missed = scopes.Count(scope => scope.Outcome is ScopeOutcome.Failed);
        var decided = run.ToSyncRun() with
        {
            State = missed == 0 ? SyncRunState.Succeeded : SyncRunState.Degraded,
            Reason = missed == 0 ? "Confirmed by hand." : $"Confirmed by hand; {missed} scopes were not read completely.",
            FinishedAt = _clock.GetUtcNow(),
            Opened = (int)difference.Lines.Sum(line => line.Opening + line.Changing),
            Closed = (int)difference.Lines.Sum(line => line.Closing + line.Changing),
        };
        try
        {
            await _ledger.ApplyAsync(
                run.ConnectorId, id, (transaction, _, token) => DecideAsync(transaction, decided, caller.Actor, token), caller.Actor, cancellationToken);
        }
        catch (DecidedAlreadyException)
        {
            return SyncRefusals.RunNotHeld(id);
        }

        return decided;
    }

    /// <summary>Drops the difference; the ledger stays as it was.</summary>
    /// <param name="id">The held run.</param>
    /// <param name="reason">Why; kept in the audit log.</param>
    /// <param name="caller">Who decides.</param>
    /// <param name="cancellationToken">Stops before anything was decided.</param>
    public async Task<Result<SyncRun>> RejectAsync(SyncRunId id, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? PeopleRules.RefuseService(caller)) is { } lacking)
        {
            return lacking;
        }

        if (SyncRefusals.BadReason(reason) is { } badReason)
        {
            return badReason;
        }

        if (await _runs.FindAsync(id, cancellationToken) is not { } run)
        {
            return SyncRefusals.NoSuchRun(id);
        }

        var decided = run.ToSyncRun() with { State = SyncRunState.Rejected, Reason = $"Rejected: {reason}", FinishedAt = _clock.GetUtcNow() };
        try
        {
            await _database.InTransactionAsync(transaction => DecideAsync(transaction, decided, caller.Actor, cancellationToken), cancellationToken);
        }
        catch (DecidedAlreadyException)
        {
            return SyncRefusals.RunNotHeld(id);
        }

        await _ledger.DiscardAsync(id, cancellationToken);
        return decided;
    }

    private async Task DecideAsync(Transaction transaction, SyncRun decided, Actor actor, CancellationToken cancellationToken)
    {
        if (!await _runs.TryDecideAsync(transaction, decided.Id, decided, cancellationToken))
        {
            throw new DecidedAlreadyException();
        }

        var state = decided.State switch
        {
            SyncRunState.Succeeded => ConnectorState.Connected,
            SyncRunState.Degraded => ConnectorState.Degraded,
            _ => ConnectorState.Failed,
        };
        var change = new StateChange([ConnectorState.NeedsConfirmation], state, decided.Reason, decided.FinishedAt!.Value);
        await _connectors.TryMoveAsync(transaction, decided.ConnectorId, change, cancellationToken);
        await _audit.AppendAsync(transaction, AuditEvents.RunDecided(decided, actor), cancellationToken);
    }

    /// <summary>Rolls the transaction back when somebody else decided first.</summary>
    private sealed class DecidedAlreadyException : Exception;
}
