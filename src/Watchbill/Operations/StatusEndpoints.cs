using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Operations;

namespace Watchbill.Operations;

/// <summary>How Watchbill itself stands, over HTTP.</summary>
internal static class StatusEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/status", (ReadStatus read, Caller caller, CancellationToken cancellationToken) => Answers.Ok(read.RunAsync(caller, cancellationToken), Of))
            .Needs(Right.ManageConnectors).WithTags("Operations").WithName("getStatus").WithSummary("How Watchbill itself stands: what waits, its processes, the database, the sources' rate limits");

    private static Contract.SystemStatus Of(SystemStatus status) => new()
    {
        At = status.At,
        Version = status.Version,
        Schema = status.Schema,
        Engine = status.Engine,
        StoreBytes = status.StoreBytes,
        Queues = [.. status.Queues.Select(static queue => new Contract.QueueStatus(Word.Of(queue.Queue), queue.Count, queue.Since, queue.IsLate))],
        Nodes = [.. status.Nodes.Select(static node => new Contract.NodeStatus(node.Name, node.Version, node.Schema, node.StartedAt, node.SeenAt, node.IsAlive))],
        Sources = [.. status.Sources.Select(static source => new Contract.SourceStatus
        {
            Connector = source.Connector.Value,
            Name = source.Name,
            State = Word.Of(source.State),
            LastRunAt = source.LastRunAt,
            NextRunAt = source.NextRunAt,
            StaleScopes = source.StaleScopes,
            RateLimit = source.Limits?.Limit,
            RateRemaining = source.Limits?.Remaining,
        })],
    };
}
