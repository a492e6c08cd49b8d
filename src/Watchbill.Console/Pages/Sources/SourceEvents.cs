using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Sources;

/// <summary>
/// Tells a browser how a source stands, as it changes. The database is asked once a second: whichever process syncs, everybody sees it.
/// </summary>
internal sealed class SourceEvents(ConnectorStandings standings, IServiceProvider services, IHostApplicationLifetime host, TimeProvider clock, ILoggerFactory logs)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>A stream ends after a while and the browser opens it anew: whether somebody may still look is then asked again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>The stream.</summary>
    /// <param name="connector">Which source.</param>
    /// <param name="seen">What the page showed, see <see cref="MarkOf"/>: once that is over, the page loads anew.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="cancellationToken">They stopped looking.</param>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(
        ConnectorId connector, string? seen, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        var until = clock.GetUtcNow() + Longest;
        ConnectorStanding? last = null;
        using var timer = new PeriodicTimer(Poll, clock);
        do
        {
            var standing = await ReadAsync(connector, caller, cancellationToken);
            if (standing is null || (seen is not null && MarkOf(standing) != seen))
            {
                // Gone, or in another state: buttons and lists around this part are no longer right.
                yield return new SseItem<string>("", "reload");
                yield break;
            }

            if (standing != last)
            {
                yield return new SseItem<string>(await RenderAsync(standing));
                last = standing;
            }
        }
        while (clock.GetUtcNow() < until && await TickAsync(timer, ended.Token));
    }

    /// <summary>What must be the same for a page to still be right: state, version, latest run.</summary>
    public static string MarkOf(ConnectorStanding standing) =>
        $"{standing.Connector.State}-{standing.Connector.Version}-{standing.LastRun?.Id}-{standing.LastRun?.State}-{(standing.RequestedAt is null ? "" : "asked")}";

    private async Task<ConnectorStanding?> ReadAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        var found = await standings.WatchAsync(connector, caller, cancellationToken);

        // Lists inside a record are compared by reference; what does not change here is left out.
        return found.Succeeded ? found.Value with { Owners = [], Connector = found.Value.Connector with { BlindSpots = [] } } : null;
    }

    private async Task<string> RenderAsync(ConnectorStanding standing)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(SourceStatus.Standing)] = standing });
            return (await renderer.RenderComponentAsync<SourceStatus>(parameters)).ToHtmlString();
        });
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
}
