using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Watchbill.Connectors.Collecting;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Evidence;

/// <summary>Tells a browser how the collections of a source stand, as they go on.</summary>
internal sealed class EvidenceEvents(EvidenceQueries evidence, LiveParts parts, IHostApplicationLifetime host)
{
    /// <summary>The stream; at its end the page loads anew, because what is around the part is no longer right.</summary>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(ConnectorId connector, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var standings in evidence.ChangesAsync(connector, caller, host.ApplicationStopping, cancellationToken))
        {
            if (!standings.Any(static one => one.IsMoving))
            {
                yield return new SseItem<string>("", "reload");
                yield break;
            }

            yield return new SseItem<string>(await parts.RenderAsync<EvidenceStatus>(new()
            {
                [nameof(EvidenceStatus.Standings)] = standings,
                [nameof(EvidenceStatus.Root)] = $"/org/{connector}",
            }));
        }
    }
}

/// <summary>The live part of the page of evidence.</summary>
internal static class EvidenceEventEndpoints
{
    public static void MapEvidenceEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events/evidence/{id:long}", [Needs(Right.ReadAccess)] (long id, EvidenceEvents events, CurrentCaller me, CancellationToken aborted) => Watch(id, events, me, aborted))
            .ExcludeFromDescription();

    private static ServerSentEventsResult<string> Watch(long id, EvidenceEvents events, CurrentCaller me, CancellationToken aborted) =>
        TypedResults.ServerSentEvents(events.WatchAsync(new ConnectorId(id), me.Caller, aborted));
}
