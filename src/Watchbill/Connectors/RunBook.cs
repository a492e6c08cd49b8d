using Watchbill.Access;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Opens and ends runs. Exactly one process holds a connector's run; a run whose process died is taken over.</summary>
internal sealed class RunBook(Database database, SyncRunStore runs, ConnectorStore connectors, Ledger ledger, RunEnding ending, SyncOptions options, TimeProvider clock)
{
    private static readonly ConnectorState[] MaySync =
        [ConnectorState.NotConnected, ConnectorState.Syncing, ConnectorState.Connected, ConnectorState.Degraded, ConnectorState.Failed];

    private readonly string _owner = ProcessName.Current();

    /// <summary>Starts a run, taking over what an interrupted one has read.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="asked">How much somebody wants read; null for what is due.</param>
    /// <param name="cancellationToken">Stops it; nothing is started then.</param>
    public async Task<Result<StartedRun>> StartAsync(ConnectorRow connector, SyncMode? asked, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        SyncRunId? interrupted = null;
        var before = (State: (string?)connector.State.ToString(), Reason: connector.StateReason);
        var started = await database.InTransactionAsync<Result<StartedRun>>(
            async transaction =>
            {
                if (await runs.RunningAsync(transaction, connector.Id, cancellationToken) is { } running)
                {
                    if (!ProcessName.HasLeft(running.Owner, running.LeaseUntil, now))
                    {
                        return SyncRefusals.AlreadyRunning(running.Id, running.StartedAt);
                    }

                    await runs.TryInterruptAsync(transaction, running, now, cancellationToken);
                    before = (running.StateBefore, running.ReasonBefore);
                }

                var change = new StateChange(MaySync, ConnectorState.Syncing, Reason: null, now);
                if (!await connectors.TryMoveAsync(transaction, connector.Id, change, cancellationToken))
                {
                    return SyncRefusals.NotNow(connector.State, connector.Name);
                }

                interrupted = await runs.LastInterruptedAsync(transaction, connector.Id, now - options.ResumeWithin, cancellationToken);
                var mode = await ModeAsync(transaction, connector.Id, asked, now, cancellationToken);
                var row = NewRun(connector.Id, now) with { Mode = mode, StateBefore = before.State, ReasonBefore = before.Reason };
                return new StartedRun(new Lease(await runs.InsertAsync(transaction, row, cancellationToken), _owner), mode);
            },
            cancellationToken);

        if (started.Succeeded && interrupted is { } previous)
        {
            await ledger.AdoptAsync(previous, started.Value.Lease.Run, cancellationToken);
        }

        return started;
    }

    /// <summary>When runs began last, and whether everything is due to be read.</summary>
    public async Task<LastRuns> LastAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var (full, any) = await runs.LastAsync(connector, cancellationToken);
        return new LastRuns(full, any, IsFullDue(full, clock.GetUtcNow()));
    }

    /// <summary>Keeps the lease alive until disposed; <paramref name="lost"/> is cancelled when it is no longer ours.</summary>
    public LeaseKeeper Keep(Lease lease, CancellationTokenSource lost) =>
        new(token => runs.TryRenewAsync(lease, clock.GetUtcNow() + options.Lease, token), options.Lease / 3, clock, lost);

    /// <summary>Ends the run, moves the connector and writes the log, all in the given transaction.</summary>
    /// <exception cref="LeaseLostException">The run is no longer this process's; the transaction must not be committed.</exception>
    public Task FinishAsync(Transaction transaction, Lease lease, RunResult result, CancellationToken cancellationToken) =>
        ending.WriteAsync(transaction, lease, result, cancellationToken);

    /// <summary>Writes down how far the run is until disposed, and tells <paramref name="also"/>.</summary>
    public ProgressRecorder Record(Lease lease, IProgress<SyncProgress>? also) => new(lease, runs, also, clock);

    /// <inheritdoc cref="FinishAsync(Transaction, Lease, RunResult, CancellationToken)"/>
    public Task FinishAsync(Lease lease, RunResult result, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => FinishAsync(transaction, lease, result, cancellationToken), cancellationToken);

    /// <summary>Before the first full run there is nothing to add to; after a while another one is due, because some changes leave no line in Sentry's log.</summary>
    private async Task<SyncMode> ModeAsync(Transaction transaction, ConnectorId connector, SyncMode? asked, DateTimeOffset now, CancellationToken cancellationToken) =>
        asked is SyncMode.Full || await runs.LastFullAsync(transaction, connector, cancellationToken) is not { } last || (asked is null && IsFullDue(last, now))
            ? SyncMode.Full
            : SyncMode.Incremental;

    private bool IsFullDue(DateTimeOffset? last, DateTimeOffset now) => last is null || last <= now - options.FullEvery;

    private SyncRunRow NewRun(ConnectorId connector, DateTimeOffset now) => new()
    {
        ConnectorId = connector,
        State = SyncRunState.Running,
        StartedAt = now,
        Owner = _owner,
        LeaseUntil = now + options.Lease,
    };
}

/// <summary>A run that this process holds.</summary>
internal sealed record StartedRun(Lease Lease, SyncMode Mode);

/// <summary>When the last full run began that applied what it read, and the last of all; null when there was none.</summary>
internal sealed record LastRuns(DateTimeOffset? Full, DateTimeOffset? Any, bool IsFullDue);

/// <summary>How a run ended and what became of each scope.</summary>
internal sealed record RunResult(SyncRun Run, IReadOnlyList<SyncScope> Scopes, Actor Actor, string? OrganizationId);

/// <summary>Another process took the run over; whatever this one still wanted to write must not be written.</summary>
internal sealed class LeaseLostException(SyncRunId run) : Exception($"Run {run} was taken over by another process.");
