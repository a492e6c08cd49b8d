using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Connectors;

namespace Watchbill.Connectors;

/// <summary>How a connector stands, as it changes, over HTTP. The database is asked once a second: whichever process syncs, everybody sees it.</summary>
internal static class ConnectorEventEndpoints
{
    public const string Standing = "standing";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>A stream ends after a while and the client opens it anew: whether it may still look is then asked again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static ServerSentEventsResult<Contract.Connector> WatchAsync(
        [AsParameters] OneConnectorEndpoints ask, TimeProvider clock, IHostApplicationLifetime host) =>
        TypedResults.ServerSentEvents(ChangesAsync(ask.Id, ask.Standings, ask.Caller, new Watch(clock, host.ApplicationStopping), ask.CancellationToken));

    private static async IAsyncEnumerable<SseItem<Contract.Connector>> ChangesAsync(
        ConnectorId connector, ConnectorStandings standings, Caller caller, Watch watch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.Stopping);
        using var timer = new PeriodicTimer(Poll, watch.Clock);
        var until = watch.Clock.GetUtcNow() + Longest;
        ConnectorStanding? last = null;
        do
        {
            var standing = await standings.WatchAsync(connector, caller, cancellationToken);
            if (!standing.Succeeded)
            {
                yield break;
            }

            if (standing.Value != last)
            {
                yield return new SseItem<Contract.Connector>(ConnectorContracts.Of(standing.Value), Standing);
                last = standing.Value;
            }
        }
        while (watch.Clock.GetUtcNow() < until && await TickAsync(timer, ended.Token));
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Watch(TimeProvider Clock, CancellationToken Stopping);
}
