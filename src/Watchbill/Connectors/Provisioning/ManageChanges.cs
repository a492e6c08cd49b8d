using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Shows changes, has them tried again, takes them back.</summary>
public sealed class ManageChanges
{
    private readonly Database _database;
    private readonly ProvisioningStore _tasks;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageChanges(Database database, ProvisioningStore tasks, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _tasks = tasks;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>The newest first.</summary>
    /// <param name="search">Which ones.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<Result<IReadOnlyList<ProvisioningTask>>> ListAsync(ChangeSearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal
            ? refusal
            : Result.Of<IReadOnlyList<ProvisioningTask>>(
                [.. (await _tasks.ListAsync(search.Connector, search.State, search.Before, search.Limit, cancellationToken)).Select(static row => row.ToTask())]);
    }

    /// <summary>One of them.</summary>
    public async Task<Result<ProvisioningTask>> FindAsync(ProvisioningTaskId id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        return await _tasks.FindAsync(id, cancellationToken) is { } row ? row.ToTask() : ProvisioningRefusals.NoSuchTask(id);
    }

    /// <summary>Has an escalated change tried again: the cause is mended.</summary>
    public Task<Result<ProvisioningTask>> RetryAsync(ProvisioningTaskId id, Caller caller, CancellationToken cancellationToken) =>
        MoveAsync(id, new Move([ProvisioningState.Escalated], ProvisioningState.Waiting, "change-tried-again", ProvisioningRefusals.CannotRetry), caller, cancellationToken);

    /// <summary>Takes a change back that is not made yet. What Sentry took already stays.</summary>
    public Task<Result<ProvisioningTask>> WithdrawAsync(ProvisioningTaskId id, Caller caller, CancellationToken cancellationToken) =>
        MoveAsync(
            id, new Move([ProvisioningState.Waiting, ProvisioningState.Escalated], ProvisioningState.Withdrawn, "change-withdrawn", ProvisioningRefusals.CannotWithdraw),
            caller, cancellationToken);

    private async Task<Result<ProvisioningTask>> MoveAsync(ProvisioningTaskId id, Move move, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ChangeAccess) is { } refusal)
        {
            return refusal;
        }

        if (await _tasks.FindAsync(id, cancellationToken) is not { } row)
        {
            return ProvisioningRefusals.NoSuchTask(id);
        }

        var moved = await _database.InTransactionAsync(
            async transaction =>
            {
                var done = await ProvisioningStore.TryMoveAsync(transaction, id, move.From, move.To, _clock.GetUtcNow(), cancellationToken);
                if (done)
                {
                    await _audit.AppendAsync(transaction, AuditEvents.ChangeMoved(row.ToTask(), move.Action, caller.Actor), cancellationToken);
                }

                return done;
            },
            cancellationToken);
        return moved ? (await _tasks.FindAsync(id, cancellationToken))!.ToTask() : move.Refuse(id);
    }

    private sealed record Move(IReadOnlyList<ProvisioningState> From, ProvisioningState To, string Action, Func<ProvisioningTaskId, Refusal> Refuse);
}

/// <summary>Which changes to show.</summary>
/// <param name="Connector">Of which connector.</param>
/// <param name="State">Only those in this state; null for all.</param>
/// <param name="Before">Only older ones than this; null for the newest.</param>
/// <param name="Limit">At most so many.</param>
public sealed record ChangeSearch(ConnectorId Connector, ProvisioningState? State = null, ProvisioningTaskId? Before = null, int Limit = 100);
