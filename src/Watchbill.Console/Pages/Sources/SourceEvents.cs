using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Sources;

/// <summary>Tells a browser how a source stands, as it changes.</summary>
internal sealed class SourceEvents(ConnectorStandings standings, LiveParts parts, IHostApplicationLifetime host)
{
    /// <summary>The stream.</summary>
    /// <param name="connector">Which source.</param>
    /// <param name="seen">What the page showed, see <see cref="MarkOf"/>: once that is over, the page loads anew.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="cancellationToken">They stopped looking.</param>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(
        ConnectorId connector, string? seen, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var standing in standings.ChangesAsync(connector, caller, host.ApplicationStopping, cancellationToken))
        {
            if (standing is null || (seen is not null && MarkOf(standing) != seen))
            {
                // Gone, or in another state: buttons and lists around this part are no longer right.
                yield return new SseItem<string>("", "reload");
                yield break;
            }

            yield return new SseItem<string>(await parts.RenderAsync<SourceStatus>(new() { [nameof(SourceStatus.Standing)] = standing }));
        }
    }

    /// <summary>What must be the same for a page to still be right: state, version, latest run.</summary>
    public static string MarkOf(ConnectorStanding standing) =>
        $"{standing.Connector.State}-{standing.Connector.Version}-{standing.LastRun?.Id}-{standing.LastRun?.State}-{(standing.RequestedAt is null ? "" : "asked")}";
}
