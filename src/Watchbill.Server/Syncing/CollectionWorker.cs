using Microsoft.Extensions.Logging;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Server.Syncing;

/// <summary>Collects the evidence that is due; the kinds of one connector one after the other.</summary>
internal sealed partial class CollectionWorker(CollectionQueue queue, ServerOptions options, TimeProvider clock, ILogger<CollectionWorker> log)
    : ConnectorWorker(TimeSpan.FromSeconds(3), options.ParallelSyncs, clock)
{
    protected override Task<IReadOnlyList<ConnectorId>> DueAsync(CancellationToken cancellationToken) => queue.ConnectorsAsync(cancellationToken);

    protected override async Task DoAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        foreach (var collection in await queue.RunAsync(connector, cancellationToken))
        {
            Ended(log, collection.Id, collection.Kind, connector, collection.State);
        }
    }

    protected override void OnBroken(ConnectorId connector, Exception exception) => Broke(log, connector, exception);

    protected override void OnUnreadable(Exception exception) => DatabaseGone(log, exception.Message);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Information, Message = "Collection {Collection} of {Kind} of source {Connector} ended: {State}.")]
    private static partial void Ended(ILogger log, CollectionId collection, EvidenceKind kind, ConnectorId connector, CollectionState state);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Error, Message = "Collecting from source {Connector} broke.")]
    private static partial void Broke(ILogger log, ConnectorId connector, Exception exception);

    [LoggerMessage(EventId = 1013, Level = LogLevel.Warning, Message = "Looking for evidence that is due: {Problem}")]
    private static partial void DatabaseGone(ILogger log, string problem);
}
