using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>What the end of a run does besides the ledger: run, log, connector, audit log, mail, in one transaction.</summary>
internal sealed class RunEnding(SyncRunStore runs, ConnectorStore connectors, OwnerNotices owners, AuditLog audit, TimeProvider clock)
{
    /// <summary>Ends the run, moves the connector and writes the log.</summary>
    /// <exception cref="LeaseLostException">The run is no longer this process's; the transaction must not be committed.</exception>
    public async Task WriteAsync(Transaction transaction, Lease lease, RunResult result, CancellationToken cancellationToken)
    {
        if (!await runs.TryFinishAsync(transaction, lease, result.Run, cancellationToken))
        {
            throw new LeaseLostException(lease.Run);
        }

        await runs.ReplaceScopesAsync(transaction, lease.Run, result.Scopes, cancellationToken);
        await connectors.TryMoveAsync(transaction, result.Run.ConnectorId, await MoveAsync(transaction, result.Run, cancellationToken), cancellationToken);
        if (result.OrganizationId is { } organization)
        {
            await connectors.SetOrganizationAsync(transaction, result.Run.ConnectorId, organization, cancellationToken);
        }

        await audit.AppendAsync(transaction, AuditEvents.RunFinished(result), cancellationToken);
        Measure(result.Run);
        if (result.Run.State is SyncRunState.Failed or SyncRunState.NeedsConfirmation && await connectors.FindAsync(transaction, result.Run.ConnectorId, cancellationToken) is { } connector)
        {
            await (result.Run.State is SyncRunState.Failed
                ? owners.TellOfFailureAsync(transaction, connector, result.Run, cancellationToken)
                : owners.TellOfLossAsync(transaction, connector, result.Run, cancellationToken));
        }
    }

    private static void Measure(SyncRun run)
    {
        Telemetry.Runs.Add(1, Telemetry.State(run.State));
        Telemetry.SentryRequests.Add(run.Requests);
        Telemetry.RateLimited.Add(run.RateLimited);
        if (run.FinishedAt is { } finished)
        {
            Telemetry.RunTime.Record((finished - run.StartedAt).TotalSeconds, Telemetry.State(run.State));
        }
    }

    private async Task<StateChange> MoveAsync(Transaction transaction, SyncRun run, CancellationToken cancellationToken)
    {
        if (run.State is SyncRunState.Interrupted && await runs.FindAsync(transaction, run.Id, cancellationToken) is { StateBefore: { } before } row)
        {
            // Stopped is not failed: what was known before the run is what is known now.
            return new StateChange([ConnectorState.Syncing], Enum.Parse<ConnectorState>(before), row.ReasonBefore, clock.GetUtcNow());
        }

        var (state, failed) = run.State switch
        {
            SyncRunState.Succeeded => (ConnectorState.Connected, false),
            SyncRunState.Degraded => (ConnectorState.Degraded, (bool?)false),
            SyncRunState.NeedsConfirmation => (ConnectorState.NeedsConfirmation, false),
            SyncRunState.Interrupted => (ConnectorState.Degraded, null),
            SyncRunState.Failed or SyncRunState.Rejected or SyncRunState.Running => (ConnectorState.Failed, true),
        };
        return new StateChange([ConnectorState.Syncing], state, run.Reason, clock.GetUtcNow(), failed);
    }
}
