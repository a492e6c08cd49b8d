using System.Runtime.CompilerServices;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors;

/// <summary>Says how connectors stand, from the database alone: whichever process asks and whichever syncs.</summary>
public sealed class ConnectorStandings
{
    private readonly ConnectorStore _connectors;
    private readonly SyncRunStore _runs;
    private readonly SyncRequestStore _requests;
    private readonly ConnectorOwnerStore _owners;
    private readonly IOwnerDirectory _directory;
    private readonly TimeProvider _clock;

    internal ConnectorStandings(
        ConnectorStore connectors, SyncRunStore runs, SyncRequestStore requests, ConnectorOwnerStore owners, IOwnerDirectory directory, TimeProvider clock)
    {
        _connectors = connectors;
        _runs = runs;
        _requests = requests;
        _owners = owners;
        _directory = directory;
        _clock = clock;
    }

    /// <summary>All connectors, by name.</summary>
    public async Task<Result<IReadOnlyList<ConnectorStanding>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        var runs = (await _runs.LatestAsync(cancellationToken)).ToDictionary(static run => run.ConnectorId);
        var requests = (await _requests.ListAsync(cancellationToken)).ToDictionary(static request => request.ConnectorId);
        var stale = await _connectors.StaleScopesAsync(cancellationToken);
        var owners = await _owners.AllAsync(cancellationToken);
        return Result.Of<IReadOnlyList<ConnectorStanding>>(
            [.. (await _connectors.ListAsync(cancellationToken)).Select(row => Of(row.ToConnector(), runs.GetValueOrDefault(row.Id), requests.GetValueOrDefault(row.Id)) with
            {
                StaleScopes = stale.GetValueOrDefault(row.Id),
                Owners = [.. owners[row.Id]],
            })]);
    }

    /// <summary>One connector. Stale scopes and owners are left out: what is asked every second must be cheap.</summary>
    public async Task<Result<ConnectorStanding>> WatchAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (await _connectors.FindAsync(connector, cancellationToken) is not { } row)
        {
            return SyncRefusals.NoSuchConnector(connector.ToString());
        }

        var run = (await _runs.ListAsync(connector, before: null, 1, cancellationToken)).FirstOrDefault();
        return Of(row.ToConnector(), run, await _requests.FindAsync(connector, cancellationToken));
    }

    /// <summary>
    /// How a connector stands, as it changes. The database is asked once a second: whichever process syncs, everybody sees it. Ends after some minutes,
    /// when whoever watches asks again: whether they may still look is then asked again too.
    /// </summary>
    /// <param name="connector">The connector.</param>
    /// <param name="caller">Who watches.</param>
    /// <param name="stopping">Ends it in good order.</param>
    /// <param name="cancellationToken">They stopped watching.</param>
    /// <returns>Each standing that says something new; null, and then nothing more, when there is none to see any more.</returns>
    public async IAsyncEnumerable<ConnectorStanding?> ChangesAsync(
        ConnectorId connector, Caller caller, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ConnectorStanding? last = null;
        await foreach (var now in Watching.EverySecondAsync(token => WatchAsync(connector, caller, token), _clock, stopping, cancellationToken))
        {
            if (!now.Succeeded)
            {
                yield return null;
                yield break;
            }

            if (!now.Value.SaysTheSameAs(last))
            {
                yield return last = now.Value;
            }
        }
    }

    /// <summary>The accounts that look after a connector.</summary>
    public async Task<Result<IReadOnlyList<AccountId>>> OwnersAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : Result.Of<IReadOnlyList<AccountId>>([.. (await _owners.AllAsync(cancellationToken))[connector]]);
    }

    /// <summary>Everybody who can be, or is, an owner, by name.</summary>
    public async Task<Result<IReadOnlyList<OwnerAccount>>> PossibleOwnersAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : Result.Of(await _directory.ListAsync(cancellationToken));
    }

    /// <summary>Names of applications that were used before, in order.</summary>
    public async Task<Result<IReadOnlyList<string>>> ApplicationsAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : Result.Of(await _connectors.ApplicationsAsync(cancellationToken));
    }

    private ConnectorStanding Of(Connector connector, SyncRunRow? run, SyncRequestRow? request) => new()
    {
        Connector = connector,
        LastRun = run?.ToSyncRun(),
        RequestedAt = request?.RequestedAt,
        NextRunAt = connector.State is ConnectorState.Paused or ConnectorState.NeedsConfirmation || connector.TokenKind is null
            ? null
            : connector.Schedule.NextAfter(_clock.GetUtcNow(), connector.Id),
    };
}
