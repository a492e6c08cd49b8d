using Watchbill.Audit;
using Watchbill.Connectors.Sentry.Changing;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Writes down what a try came to: the task, the audit event and the mail to the owners, all or nothing.</summary>
internal sealed class ProvisioningEnding(Database database, OwnerNotices notices, RequestSync sync, AuditLog audit, ProvisioningOptions options, TimeProvider clock)
{
    /// <summary>Writes it, if the task is still this process's; what was read is not lost when somebody stops the process now.</summary>
    /// <returns>The task as it is now; null when another process has it.</returns>
    public async Task<ProvisioningTask?> WriteAsync(ConnectorRow connector, ProvisioningRow held, AttemptResult result)
    {
        var outcome = OutcomeOf(held, result);
        var ended = await database.InTransactionAsync(transaction => WriteAsync(transaction, connector, held, outcome), CancellationToken.None);
        if (ended is { State: ProvisioningState.Proven })
        {
            // The ledger follows; a sync that was asked for already, or a paused source, is as good as it gets.
            await sync.RunAsync(connector.Id, SyncMode.Incremental, Caller.System, CancellationToken.None);
        }

        return ended;
    }

    private async Task<ProvisioningTask?> WriteAsync(Transaction transaction, ConnectorRow connector, ProvisioningRow held, ProvisioningOutcome outcome)
    {
        if (!await ProvisioningStore.TryEndAsync(transaction, held, outcome, CancellationToken.None))
        {
            return null;
        }

        var task = (held with
        {
            State = outcome.State,
            DueAt = outcome.DueAt,
            EndedAt = outcome.EndedAt,
            ReadBack = outcome.ReadBack,
            ReadBackAt = outcome.ReadBackAt,
            Sent = outcome.Sent,
            FailureCode = outcome.FailureCode,
            Note = outcome.Note,
        }).ToTask();
        if (outcome.State is ProvisioningState.Waiting)
        {
            return task;
        }

        await audit.AppendAsync(transaction, AuditEvents.ChangeEnded(task, outcome), CancellationToken.None);
        if (outcome.State is ProvisioningState.Escalated)
        {
            await notices.TellOfEscalationAsync(transaction, connector, task, CancellationToken.None);
        }

        return task;
    }

    private ProvisioningOutcome OutcomeOf(ProvisioningRow held, AttemptResult result)
    {
        var now = clock.GetUtcNow();
        var again = result.Failure is not null && result.MayWorkLater && held.Attempts <= options.Pauses.Count;
        var state = result.Failure is null ? ProvisioningState.Proven : again ? ProvisioningState.Waiting : ProvisioningState.Escalated;
        return new ProvisioningOutcome(state, again ? now + options.Pauses[held.Attempts - 1] : now)
        {
            EndedAt = again ? null : now,
            ReadBack = (result.ReadBack ?? TargetState.FromJson(held.ReadBack))?.ToJson(),
            ReadBackAt = result.ReadBackAt ?? held.ReadBackAt,
            Sent = string.Join('\n', new[] { held.Sent, result.Sent }.OfType<string>()) is { Length: > 0 } sent ? sent : null,
            FailureCode = result.Failure?.Code,
            Note = result.Failure?.Message ?? result.Note,
        };
    }
}
