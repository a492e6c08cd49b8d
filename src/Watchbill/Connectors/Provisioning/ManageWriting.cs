using Watchbill.Audit;
using Watchbill.Connectors.Sentry;
using Watchbill.Connectors.Sentry.Changing;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>What the token for changes can do.</summary>
/// <param name="Kind">A kind of change.</param>
/// <param name="Refusal">Why it cannot, with the way out; null when it can, for an ordinary member.</param>
public sealed record WritingAbility(ChangeKind Kind, Refusal? Refusal);

/// <summary>Lets Watchbill change something in an organization, or lets it change nothing, which is what it begins with.</summary>
public sealed class ManageWriting
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly ChangeDesk _desk;
    private readonly SecretVault _vault;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageWriting(Database database, ConnectorStore connectors, ChangeDesk desk, SecretVault vault, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _desk = desk;
        _vault = vault;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Tries the token out and lets changes be made with it.</summary>
    /// <param name="connectorId">In which organization.</param>
    /// <param name="token">A token for changes; null for the one that reads.</param>
    /// <param name="caller">Who allows it.</param>
    /// <param name="cancellationToken">Stops it; nothing is switched then.</param>
    /// <returns>What can be changed with it; nothing was switched on when that is nothing.</returns>
    public async Task<Result<IReadOnlyList<WritingAbility>>> SwitchOnAsync(ConnectorId connectorId, string? token, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connectorId, caller, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        var writing = WritingOf(found.Value, token);
        if (!writing.Succeeded)
        {
            return writing.Refusal!;
        }

        var abilities = await AskAsync(found.Value, writing.Value.ProtectedToken, cancellationToken);
        if (!abilities.Succeeded)
        {
            return abilities;
        }

        return abilities.Value.All(static one => one.Refusal is not null)
            ? abilities.Value[0].Refusal!
            : await SetAsync(found.Value, writing.Value, caller, cancellationToken) is { } gone ? gone : abilities;
    }

    /// <summary>Lets no change be made any more, and forgets the token for changes. Those that wait are escalated when they are due.</summary>
    public async Task<Result<Connector>> SwitchOffAsync(ConnectorId connectorId, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connectorId, caller, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        return await SetAsync(found.Value, new WritingChange(Since: null), caller, cancellationToken) is { } gone
            ? gone
            : (await _connectors.FindAsync(connectorId, cancellationToken))!.ToConnector();
    }

    /// <summary>What can be changed now, asked of Sentry.</summary>
    public async Task<Result<IReadOnlyList<WritingAbility>>> AbilitiesAsync(ConnectorId connectorId, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        var found = await _connectors.FindWithTokenAsync(connectorId, cancellationToken);
        return found.Succeeded ? await AskAsync(found.Value, found.Value.ProtectedWriteToken, cancellationToken) : found.Refusal!;
    }

    private async Task<Result<ConnectorRow>> FindAsync(ConnectorId connectorId, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ManageConnectors) is { } refusal ? refusal : await _connectors.FindWithTokenAsync(connectorId, cancellationToken);
    }

    private Result<WritingChange> WritingOf(ConnectorRow connector, string? token)
    {
        var now = _clock.GetUtcNow();
        if (token is null)
        {
            return new WritingChange(now);
        }

        var credentials = SentryCredentials.Parse(connector.Address, token);
        return credentials.Succeeded
            ? new WritingChange(now)
            {
                ProtectedToken = _vault.Protect(credentials.Value.Token),
                TokenKind = credentials.Value.TokenKind,
                TokenLastFour = credentials.Value.TokenLastFour,
            }
            : credentials.Refusal!;
    }

    private Task<Result<IReadOnlyList<WritingAbility>>> AskAsync(ConnectorRow connector, string? protectedToken, CancellationToken cancellationToken) =>
        _desk.AskAsync<IReadOnlyList<WritingAbility>>(
            connector, protectedToken, static changer => Task.FromResult<IReadOnlyList<WritingAbility>>([.. Enum.GetValues<ChangeKind>().Select(kind => new WritingAbility(kind, Ordinary.Refuse(kind, changer.Writer)))]), cancellationToken);

    private async Task<Refusal?> SetAsync(ConnectorRow connector, WritingChange writing, Caller caller, CancellationToken cancellationToken)
    {
        var done = await _database.InTransactionAsync(
            async transaction =>
            {
                var found = await _connectors.TrySetWritingAsync(transaction, connector.Id, writing, cancellationToken);
                if (found)
                {
                    await _audit.AppendAsync(transaction, AuditEvents.WritingChanged(connector.ToConnector(), writing, caller.Actor), cancellationToken);
                }

                return found;
            },
            cancellationToken);
        return done ? null : SyncRefusals.NoSuchConnector(connector.Name);
    }
}
