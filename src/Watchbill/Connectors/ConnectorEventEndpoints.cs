using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors;

/// <summary>How a connector stands, as it changes, over HTTP.</summary>
internal static class ConnectorEventEndpoints
{
    public const string Standing = "standing";

    public static ServerSentEventsResult<Contract.Connector> WatchAsync([AsParameters] OneConnectorEndpoints ask, IHostApplicationLifetime host) =>
        TypedResults.ServerSentEvents(ask.Standings.ChangesAsync(ask.Id, ask.Caller, host.ApplicationStopping, ask.CancellationToken)
            .Where(static standing => standing is not null)
            .Select(static standing => new SseItem<Contract.Connector>(ConnectorContracts.Of(standing!), Standing)));
}
