using Watchbill.Connectors.Sentry;
using Watchbill.Connectors.Sentry.Evidence;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors.Collecting;

/// <summary>
/// Collects one kind of evidence of a connector: reads it to its proven end and makes it hold. What could not be read leaves what was kept before and says why.
/// Killed at any line, nothing of it holds; another process reads it again.
/// </summary>
public sealed class CollectEvidence
{
    /// <summary>More often than the lease needs: people watch how far it is.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1);

    private readonly ConnectorStore _connectors;
    private readonly EvidenceSource _source;
    private readonly EvidenceBook _book;
    private readonly CollectOptions _options;
    private readonly TimeProvider _clock;

    internal CollectEvidence(ConnectorStore connectors, EvidenceSource source, EvidenceBook book, CollectOptions options, TimeProvider clock)
    {
        _connectors = connectors;
        _source = source;
        _book = book;
        _options = options;
        _clock = clock;
    }

    /// <summary>Collects it now. A collection that failed is an answer, not an error: look at its state.</summary>
    /// <param name="connectorId">From which connector.</param>
    /// <param name="request">What, and for whom.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    public async Task<Result<Collection>> RunAsync(ConnectorId connectorId, EvidenceRequest request, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        if (await _connectors.FindAsync(connectorId, cancellationToken) is not { } connector)
        {
            return SyncRefusals.NoSuchConnector(connectorId.ToString());
        }

        if (CollectRefusals.For(connector, request) is { } notNow)
        {
            return notNow;
        }

        var started = await _book.StartAsync(StartOf(connector, request), cancellationToken);
        if (!started.Succeeded)
        {
            return started.Refusal!;
        }

        using var activity = Telemetry.Activities.StartActivity("collect")?.SetTag("watchbill.source", connector.Id.Value).SetTag("watchbill.kind", Word.Of(request.Kind));
        var ended = await ReadAsync(connector, started.Value, cancellationToken);
        if (ended.Succeeded)
        {
            Telemetry.Collections.Add(1, Telemetry.State(ended.Value.State), new KeyValuePair<string, object?>("kind", Word.Of(request.Kind)));
            Telemetry.SentryRequests.Add(ended.Value.Requests);
        }

        return ended;
    }

    private CollectionStart StartOf(ConnectorRow connector, EvidenceRequest request) => new()
    {
        Connector = connector.Id,
        Kind = request.Kind,
        Part = request.Part,
        Query = EvidenceKinds.Of(request.Kind).Reads.Replace("{org}", connector.OrganizationSlug, StringComparison.Ordinal),
        Actor = request.Actor,
        Lease = _options.Lease,
        AcceptsLoss = request.AcceptsLoss,
    };

    private async Task<Result<Collection>> ReadAsync(ConnectorRow connector, OpenCollection collection, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var meter = new RequestMeter(_clock);
        using var sink = new EvidenceSink(_book, collection);
        await using var keeper = new LeaseKeeper(
            token => _book.TryRenewAsync(collection, _options.Lease, sink.Progress(meter.Total), token),
            _options.Lease / 3 < SignOfLife ? _options.Lease / 3 : SignOfLife,
            _clock,
            stop);
        try
        {
            if (await _source.ReadAsync(connector, collection.Start.Kind, sink, meter, stop.Token) is { } failure)
            {
                return await FailAsync(collection, sink.Result(meter.Total), failure);
            }

            await sink.EndAsync(stop.Token);
            return await _book.CompleteAsync(collection, sink.Result(meter.Total), stop.Token);
        }
        catch (Exception broken) when (broken is CollectionLostException || (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            return CollectRefusals.TakenOver(collection.Id);
        }
        catch (Exception broken)
        {
            await AbandonAsync(collection, sink.Result(meter.Total), broken);
            throw;
        }
    }

    private Task<Collection> FailAsync(OpenCollection collection, CollectionResult result, ScopeFailure failure) => _book.FailAsync(
        collection,
        failure.Effect is FailureEffect.NotPermitted ? CollectionState.Unavailable : CollectionState.Failed,
        result with { Note = failure.Sentence },
        failure.Code,
        CancellationToken.None);

    private async Task AbandonAsync(OpenCollection collection, CollectionResult result, Exception failure)
    {
        var (state, code, reason) = failure is OperationCanceledException
            ? (CollectionState.Interrupted, "interrupted", "It was stopped.")
            : (CollectionState.Failed, "internal-error", $"Watchbill failed: {failure.GetType().Name}.");
        try
        {
            await _book.FailAsync(collection, state, result with { Note = reason }, code, CancellationToken.None);
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            // The first failure is the one to report. The lease runs out by itself and the next process takes over.
        }
    }
}
