using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Sources;

/// <summary>The live part of a source's page.</summary>
internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events/connectors/{id:long}", [Needs(Right.ReadAccess)] (long id, string? seen, SourceEvents events, CurrentCaller me, CancellationToken aborted) => Watch(id, seen, events, me, aborted))
            .ExcludeFromDescription();

    private static ServerSentEventsResult<string> Watch(long id, string? seen, SourceEvents events, CurrentCaller me, CancellationToken aborted) =>
        TypedResults.ServerSentEvents(events.WatchAsync(new ConnectorId(id), seen, me.Caller, aborted));
}
