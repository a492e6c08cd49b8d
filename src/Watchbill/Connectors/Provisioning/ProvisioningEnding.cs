using Watchbill.Audit;
using Watchbill.Connectors.Sentry.Changing;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Writes down what a try came to: the task, the audit event and the mail to the owners, all or nothing.</summary>
internal sealed class ProvisioningEnding(
    Database database, OwnerNotices notices, RequestSync sync, AuditLog audit, IEnumerable<IChangeFollower> followers, ProvisioningOptions options, TimeProvider clock)
{
    /// <summary>Writes it, if the task is still this process's; what was read is not lost when somebody stops the process now.</summary>
    /// <returns>The task as it is now; null when another process has it.</returns>
    public async Task<ProvisioningTask?> WriteAsync(ConnectorRow connector, ProvisioningRow held, AttemptResult result)
    {
        var row = EndOf(held, result);
        var ended = await database.InTransactionAsync(transaction => WriteAsync(transaction, connector, row), CancellationToken.None);
        if (ended is { State: ProvisioningState.Proven })
        {
            // The ledger follows; a sync that was asked for already, or a paused source, is as good as it gets.
            await sync.RunAsync(connector.Id, SyncMode.Incremental, Caller.System, CancellationToken.None);
        }

        return ended;
    }

    private async Task<ProvisioningTask?> WriteAsync(Transaction transaction, ConnectorRow connector, ProvisioningRow ended)
    {
        // The same order as whoever claims a change: first the lock, then the rows.
        await Database.LockAsync(transaction, $"provisioning {connector.Id}", CancellationToken.None);
        if (!await ProvisioningStore.TryEndAsync(transaction, ended, CancellationToken.None))
        {
            return null;
        }

        var task = ended.ToTask();
        Telemetry.Changes.Add(1, Telemetry.State(task.State));
        foreach (var follower in followers)
        {
            await follower.TriedAsync(transaction, task, CancellationToken.None);
        }

        if (task.State is ProvisioningState.Waiting)
        {
            return task;
        }

        await audit.AppendAsync(transaction, AuditEvents.ChangeEnded(task), CancellationToken.None);
        if (task.State is ProvisioningState.Escalated)
        {
            await notices.TellOfEscalationAsync(transaction, connector, task, CancellationToken.None);
        }

        return task;
    }

    private ProvisioningRow EndOf(ProvisioningRow held, AttemptResult result)
    {
        var now = clock.GetUtcNow();
        var again = result.Failure is not null && result.MayWorkLater && held.Attempts <= options.Pauses.Count;
        return held with
        {
            State = result.Failure is null ? ProvisioningState.Proven : again ? ProvisioningState.Waiting : ProvisioningState.Escalated,
            DueAt = again ? now + options.Pauses[held.Attempts - 1] : now,
            EndedAt = again ? null : now,
            StateBefore = held.StateBefore ?? result.Before?.ToJson(),
            ReadBack = result.ReadBack?.ToJson() ?? held.ReadBack,
            ReadBackAt = result.ReadBackAt ?? held.ReadBackAt,
            Sent = string.Join('\n', new[] { held.Sent, result.Sent }.OfType<string>()) is { Length: > 0 } sent ? sent : null,
            FailureCode = result.Failure?.Code,
            Note = result.Failure?.Message ?? result.Note,
        };
    }
}
