using System.Collections.Concurrent;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors.Collecting;

/// <summary>
/// Does the collections that are due: those that were asked for, those whose evidence became old, those that failed a while ago, and those whose process died.
/// What is due is read from the collections themselves, so that nothing has to be remembered.
/// </summary>
public sealed class CollectionQueue
{
    /// <summary>Where nothing was due, ages are looked at again after so long only: requests are seen at once all the same.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ConnectorId, DateTimeOffset> _quietUntil = new();
    private readonly ConnectorStore _connectors;
    private readonly ReadEvidence _evidence;
    private readonly EvidenceRequests _requests;
    private readonly CollectEvidence _collect;
    private readonly CollectOptions _options;
    private readonly TimeProvider _clock;

    internal CollectionQueue(
        ConnectorStore connectors, ReadEvidence evidence, EvidenceRequests requests, CollectEvidence collect, CollectOptions options, TimeProvider clock)
    {
        _connectors = connectors;
        _evidence = evidence;
        _requests = requests;
        _collect = collect;
        _options = options;
        _clock = clock;
    }

    /// <summary>
    /// The connectors that may have something due: first those for which somebody asked, then those whose ages were not looked at for a while, the longest first. So none waits for the others for
    /// ever, however many there are.
    /// </summary>
    public async Task<IReadOnlyList<ConnectorId>> ConnectorsAsync(CancellationToken cancellationToken)
    {
        var asked = await _requests.ConnectorsAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        return
        [
            .. from connector in await _connectors.ListAsync(cancellationToken)
               let isAsked = asked.Contains(connector.Id)
               let quietUntil = _quietUntil.GetValueOrDefault(connector.Id)
               where MayCollect(connector) && (isAsked || (quietUntil <= now && !RunsFirst(connector)))
               orderby isAsked descending, quietUntil
               select connector.Id,
        ];
    }

    /// <summary>Does everything that is due for one connector, one after the other.</summary>
    /// <returns>The collections that ended.</returns>
    public async Task<IReadOnlyList<Collection>> RunAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        List<Collection> ended = [];
        while (await NextAsync(connector, cancellationToken) is { } request)
        {
            var result = await _collect.RunAsync(connector, request, new Caller(request.Actor, [Right.ManageConnectors]), cancellationToken);
            if (!result.Succeeded)
            {
                // Another process reads it, or the connector was paused meanwhile: the next look decides anew.
                break;
            }

            ended.Add(result.Value);
        }

        return ended;
    }

    private async Task<EvidenceRequest?> NextAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        if (await _connectors.FindAsync(connector, cancellationToken) is not { } row || !MayCollect(row))
        {
            return null;
        }

        if ((await _requests.ListAsync(connector, cancellationToken)).FirstOrDefault() is { } asked)
        {
            return asked;
        }

        // Runs go before: what people look at first is who can reach what, and much of the evidence belongs to projects that a run makes known.
        var now = _clock.GetUtcNow();
        if (RunsFirst(row) || _quietUntil.GetValueOrDefault(connector) > now)
        {
            return null;
        }

        var standings = await _evidence.StandingsAsync(connector, cancellationToken);
        if (standings.FirstOrDefault(standing => !standing.Definition.IsOnDemand && DueAt(standing) <= now) is { } due)
        {
            return new EvidenceRequest(due.Definition.Kind, Part: null, AcceptsLoss: false, Actor.System);
        }

        _quietUntil[connector] = now + Quiet;
        return null;
    }

    private DateTimeOffset DueAt(EvidenceStanding standing) => standing.Latest switch
    {
        null => DateTimeOffset.MinValue,
        { State: CollectionState.Running } running => running.LeaseUntil,
        { State: CollectionState.Interrupted } => DateTimeOffset.MinValue,
        { State: CollectionState.Failed } failed => (failed.EndedAt ?? failed.StartedAt) + _options.AfterFailure,
        { Remaining: > 0 } => DateTimeOffset.MinValue,
        var ended => ended.StartedAt + _options.Every,
    };

    private static bool RunsFirst(ConnectorRow connector) => connector.State is ConnectorState.NotConnected or ConnectorState.Failed or ConnectorState.Syncing;

    private static bool MayCollect(ConnectorRow connector) =>
        connector is { ProtectedToken: not null, OrganizationId: not null } && connector.State is not ConnectorState.Paused;
}
