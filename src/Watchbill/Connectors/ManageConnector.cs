using Watchbill.Audit;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Pauses, resumes, gives a new token to, and removes a connector.</summary>
public sealed class ManageConnector
{
    private static readonly ConnectorState[] Pausable =
        [ConnectorState.NotConnected, ConnectorState.Connected, ConnectorState.Degraded, ConnectorState.Failed];

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly ConnectorBelongings _belongings;
    private readonly SecretVault _vault;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageConnector(Database database, ConnectorStore connectors, ConnectorBelongings belongings, SecretVault vault, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _belongings = belongings;
        _vault = vault;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>No run starts until it is resumed.</summary>
    public Task<Result<Connector>> PauseAsync(Connector connector, Caller caller, CancellationToken cancellationToken) =>
        MoveAsync(connector, new StateChange(Pausable, ConnectorState.Paused, "Paused by hand.", _clock.GetUtcNow()), SyncRefusals.CannotPause, caller, cancellationToken);

    /// <summary>Runs may start again. Its state is told by the next run.</summary>
    public Task<Result<Connector>> ResumeAsync(Connector connector, Caller caller, CancellationToken cancellationToken) =>
        MoveAsync(
            connector, new StateChange([ConnectorState.Paused], ConnectorState.NotConnected, "Resumed; not read since.", _clock.GetUtcNow()),
            SyncRefusals.NotPaused, caller, cancellationToken);

    /// <summary>Replaces the token. What was read with the old one stays.</summary>
    public async Task<Result<Connector>> RotateTokenAsync(Connector connector, string token, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        var credentials = SentryCredentials.Parse(connector.Address.AbsoluteUri, token);
        if (!credentials.Succeeded)
        {
            return credentials.Refusal!;
        }

        var replaced = new TokenReplacement(
            connector.Id, _vault.Protect(credentials.Value.Token), credentials.Value.TokenKind, credentials.Value.TokenLastFour);
        var done = await _database.InTransactionAsync(
            async transaction =>
            {
                var found = await _connectors.TryReplaceTokenAsync(transaction, replaced, cancellationToken);
                if (found)
                {
                    await _audit.AppendAsync(transaction, AuditEvents.TokenRotated(connector, replaced, caller.Actor), cancellationToken);
                }

                return found;
            },
            cancellationToken);
        return done ? await ReadAsync(connector, cancellationToken) : SyncRefusals.NoSuchConnector(connector.Name);
    }

    /// <summary>
    /// Removes the connector, its token, its owners, its runs and their logs. The ledger and the audit log keep what was known: history is not deleted.
    /// </summary>
    public async Task<Result<Connector>> RemoveAsync(Connector connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        var removed = await _database.InTransactionAsync(
            async transaction =>
            {
                await _belongings.DeleteAllAsync(transaction, connector.Id, cancellationToken);
                await _audit.AppendAsync(transaction, AuditEvents.Removed(connector, caller.Actor), cancellationToken);
                return await _connectors.DeleteAsync(transaction, connector.Id, cancellationToken);
            },
            cancellationToken);
        return removed ? connector : SyncRefusals.NoSuchConnector(connector.Name);
    }

    private async Task<Result<Connector>> MoveAsync(
        Connector connector, StateChange change, Func<string, Refusal> refuse, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        var moved = await _database.InTransactionAsync(
            async transaction =>
            {
                var changed = await _connectors.TryMoveAsync(transaction, connector.Id, change, cancellationToken);
                if (changed)
                {
                    await _audit.AppendAsync(transaction, AuditEvents.Moved(connector, change, caller.Actor), cancellationToken);
                }

                return changed;
            },
            cancellationToken);
        return moved ? await ReadAsync(connector, cancellationToken) : refuse(connector.Name);
    }

    private async Task<Result<Connector>> ReadAsync(Connector connector, CancellationToken cancellationToken) =>
        await _connectors.FindAsync(connector.Id, cancellationToken) is { } row ? row.ToConnector() : SyncRefusals.NoSuchConnector(connector.Name);
}
