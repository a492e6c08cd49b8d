using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>
/// Reads a connector's organization and brings the ledger up to it. Whatever was read completely is applied in one transaction at the
/// end; whatever was not stays as it was and is marked stale. Killed at any line, it leaves either nothing applied or all of it.
/// </summary>
public sealed class SyncOrganization
{
    private readonly ConnectorStore _connectors;
    private readonly RunBook _book;
    private readonly Ledger _ledger;
    private readonly SentrySource _source;
    private readonly SyncOptions _options;
    private readonly TimeProvider _clock;

    internal SyncOrganization(ConnectorStore connectors, RunBook book, Ledger ledger, SentrySource source, SyncOptions options, TimeProvider clock)
    {
        _connectors = connectors;
        _book = book;
        _ledger = ledger;
        _source = source;
        _options = options;
        _clock = clock;
    }

    /// <summary>Runs one sync to its end. A run that reads only a part, or nothing, is an answer, not an error: look at its state.</summary>
    /// <param name="connectorId">Which connector.</param>
    /// <param name="mode">How much to read; null for what is due. Before the first full run it is always full.</param>
    /// <param name="caller">Who asked.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops the run; what was read is kept for the next one.</param>
    public async Task<Result<SyncRun>> RunAsync(ConnectorId connectorId, SyncMode? mode, Caller caller, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        if (await _connectors.FindAsync(connectorId, cancellationToken) is not { } connector)
        {
            return SyncRefusals.NoSuchConnector(connectorId.ToString());
        }

        if (connector.ProtectedToken is null)
        {
            return SyncRefusals.NoToken(connector.Name);
        }

        var started = await _book.StartAsync(connector, mode, cancellationToken);
        if (!started.Succeeded)
        {
            return started.Refusal!;
        }

        using var activity = Telemetry.Activities.StartActivity("sync")?.SetTag("watchbill.source", connectorId.Value).SetTag("watchbill.run", started.Value.Lease.Run.Value);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var keeper = _book.Keep(started.Value.Lease, stop);
        await using var recorder = _book.Record(started.Value.Lease, progress);
        var run = new RunInProgress(connector.Id, started.Value, caller.Actor, _clock.GetUtcNow());
        try
        {
            await ReadAsync(connector, run, recorder, stop.Token);
            return await DecideAsync(run, recorder, stop.Token);
        }
        catch (Exception exception) when (exception is LeaseLostException || (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            return SyncRefusals.TakenOver(run.Id);
        }
        catch (Exception exception)
        {
            await AbandonAsync(run, exception);
            throw;
        }
    }

    private async Task ReadAsync(ConnectorRow connector, RunInProgress run, ProgressRecorder progress, CancellationToken cancellationToken)
    {
        run.Known = (await _ledger.ScopesAsync(connector.Id, cancellationToken)).ToDictionary(state => state.Scope);
        var kept = (await _ledger.StagedAsync(run.Id, cancellationToken)).Where(scope => scope.ReadAt >= run.StartedAt - _options.ResumeWithin).ToList();
        run.AddKept(kept);
        var request = new ReadRequest
        {
            Connector = connector.Id,
            OrganizationSlug = connector.OrganizationSlug,
            OrganizationId = connector.OrganizationId,
            Known = run.Known,
            Mode = run.Mode,
            FullEvery = _options.FullEvery,
            AlreadyRead = kept.Select(scope => scope.Scope).ToHashSet(),
        };
        var readings = Channel.CreateBounded<ScopeReading>(new BoundedChannelOptions(256) { SingleReader = true });
        using var reading = _source.Open(connector, request);
        progress.Watch(reading.Effort);
        var reader = reading.ReadAsync(readings.Writer, cancellationToken);
        await foreach (var batch in ReadingBatches.Of(readings.Reader, _clock, cancellationToken))
        {
            await StageAsync(run, batch, cancellationToken);
            run.Effort = reading.Effort();
            progress.Report(new SyncProgress("reading", batch[^1].Scope, run.Effort.Answered, run.Effort.Predicted, run.Rows));
        }

        await reader;
        run.Effort = reading.Effort();
        run.OrganizationId = reading.OrganizationId;
        run.Choice = reading.Choice;
        run.VouchedAt = reading.VouchedAt;
    }

    private async Task StageAsync(RunInProgress run, List<ScopeReading> batch, CancellationToken cancellationToken)
    {
        var observations = batch.Select(reading => reading.Observation).OfType<Observation>().ToList();
        var outcomes = observations.Count == 0 ? [] : await _ledger.StageAsync(run.ConnectorId, run.Id, observations, cancellationToken);
        var byScope = outcomes.ToDictionary(outcome => outcome.Scope);
        foreach (var reading in batch)
        {
            run.Add(reading, byScope.GetValueOrDefault(reading.Scope));
        }
    }

    private async Task<SyncRun> DecideAsync(RunInProgress run, ProgressRecorder progress, CancellationToken cancellationToken)
    {
        await progress.TellLastAsync(new SyncProgress("applying", Scope: null, run.Effort.Answered, run.Effort.Predicted, run.Rows));

        // Before anything is applied: should this process die in between, the ledger says too little is fresh, never too much.
        await _ledger.MarkStaleAsync(run.ConnectorId, [.. run.StaleScopes()], run.StartedAt, cancellationToken);
        if (run.NothingWasRead)
        {
            return await EndAsync(run, run.Failed(_clock.GetUtcNow()), discard: true, cancellationToken);
        }

        run.Difference = await _ledger.CompareAsync(run.ConnectorId, run.Id, cancellationToken);
        if (MassLossGuard.ReasonToHold(run.DifferenceOfAll(), _options) is { } reason)
        {
            return await EndAsync(run, run.Held(reason, _clock.GetUtcNow()), discard: false, cancellationToken);
        }

        var result = run.Applied(_clock.GetUtcNow());
        await _ledger.ApplyAsync(run.ConnectorId, run.Id, FinishAsync, run.Actor, cancellationToken);
        return result.Run;

        async Task FinishAsync(Transaction transaction, ApplyOutcome outcome, CancellationToken token)
        {
            result = result with { Run = result.Run with { Unlogged = outcome.Unlogged } };
            if (run.VouchedAt is { } until)
            {
                await Ledger.VouchAsync(transaction, run.ConnectorId, until, token);
            }

            await _book.FinishAsync(transaction, run.Lease, result, token);
        }
    }

    private async Task<SyncRun> EndAsync(RunInProgress run, RunResult result, bool discard, CancellationToken cancellationToken)
    {
        await _book.FinishAsync(run.Lease, result, cancellationToken);
        if (discard)
        {
            await _ledger.DiscardAsync(run.Id, cancellationToken);
        }

        return result.Run;
    }

    /// <summary>The run stops in the middle. What was read completely is kept, so that the next run does not read it again.</summary>
    private async Task AbandonAsync(RunInProgress run, Exception exception)
    {
        var reason = exception is OperationCanceledException ? "It was stopped." : $"Watchbill failed: {exception.GetType().Name}.";
        try
        {
            await _book.FinishAsync(run.Lease, run.Interrupted(reason, _clock.GetUtcNow()), CancellationToken.None);
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            // The first failure is the one to report. The lease runs out by itself and the next run takes over.
        }
    }
}
