using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Asks for a sync that a server starts as soon as it can. The request is a row: it is still there after a restart.</summary>
public sealed class RequestSync
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly SyncRequestStore _requests;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal RequestSync(Database database, ConnectorStore connectors, SyncRequestStore requests, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _requests = requests;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Asks for it; refuses when the connector is paused, waits for a decision, has no token, or a sync was asked for already.</summary>
    /// <param name="connector">Which connector.</param>
    /// <param name="mode">How much to read; null for what is due when it begins.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is asked for then.</param>
    public async Task<Result<Connector>> RunAsync(ConnectorId connector, SyncMode? mode, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ManageConnectors) is { } refusal
            ? refusal
            : await _database.InTransactionAsync(transaction => WriteAsync(transaction, connector, mode, caller, cancellationToken), cancellationToken);
    }

    private async Task<Result<Connector>> WriteAsync(Transaction transaction, ConnectorId id, SyncMode? mode, Caller caller, CancellationToken cancellationToken)
    {
        // Two who ask at the same time: the second waits here and then sees the row of the first.
        await Database.LockAsync(transaction, $"sync-request {id}", cancellationToken);
        if (await _connectors.FindAsync(transaction, id, cancellationToken) is not { } connector)
        {
            return SyncRefusals.NoSuchConnector(id.ToString());
        }

        if (connector.ProtectedToken is null)
        {
            return SyncRefusals.NoToken(connector.Name);
        }

        if (connector.State is ConnectorState.Paused or ConnectorState.NeedsConfirmation)
        {
            return SyncRefusals.NotNow(connector.State, connector.Name);
        }

        if (await _requests.FindAsync(transaction, id, cancellationToken) is not null)
        {
            return SyncRefusals.AlreadyRequested(connector.Name);
        }

        var now = _clock.GetUtcNow();
        var (kind, actor, from) = caller.Actor;
        await _requests.InsertAsync(
            transaction,
            new SyncRequestRow { ConnectorId = id, RequestedAt = now, DueAt = now, Mode = mode?.ToString(), ActorKind = kind.ToString(), ActorId = actor, ActorFrom = from },
            cancellationToken);
        if (caller.Actor.Kind is not ActorKind.System)
        {
            await _audit.AppendAsync(transaction, AuditEvents.SyncRequested(connector, caller.Actor), cancellationToken);
        }

        return connector.ToConnector();
    }
}
