using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Gives a connector a token that was tried out before: a new one, or the first one of a connector that waits for its credentials.</summary>
public sealed class RotateToken
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly ConnectionDrafts _drafts;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal RotateToken(Database database, ConnectorStore connectors, ConnectionDrafts drafts, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _drafts = drafts;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Takes the token of a draft, with its findings. What was read with the old one stays.</summary>
    /// <param name="draftId">The draft, see <see cref="ConnectionDrafts.TryTokenAsync"/>; it is used up.</param>
    /// <param name="saveAnyway">Whether to save even when a sync could not read the organization now.</param>
    /// <param name="caller">Who tried it out, and saves.</param>
    /// <param name="cancellationToken">Stops before anything was saved.</param>
    public async Task<Result<Connector>> RunAsync(string draftId, bool saveAnyway, Caller caller, CancellationToken cancellationToken)
    {
        var found = await _drafts.FindRowAsync(draftId, caller, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        var (draft, row) = (found.Value.ToDraft(), found.Value);
        if (draft.Connector is not { } id)
        {
            return SyncRefusals.NoSuchDraft();
        }

        if (!draft.Report.CanConnect && !saveAnyway)
        {
            var failed = draft.Report.Probes.First(static probe => probe.Outcome is Preflight.ProbeOutcome.Failed);
            return SyncRefusals.PreflightFailed($"{failed.Evidence} {failed.Remedy}");
        }

        var token = new TokenReplacement(id, row.ProtectedToken, row.TokenKind, row.TokenLastFour)
        {
            Probed = true,
            BlindSpots = BlindSpotLines.Of(draft.Report),
            OrganizationId = draft.Report.OrganizationId,
        };
        var saved = await _database.InTransactionAsync(transaction => WriteAsync(transaction, draft, token, caller, cancellationToken), cancellationToken);
        if (saved.Succeeded)
        {
            await _drafts.DropAsync(draftId, cancellationToken);
        }

        return saved;
    }

    private async Task<Result<Connector>> WriteAsync(
        Transaction transaction, ConnectionDraft draft, TokenReplacement token, Caller caller, CancellationToken cancellationToken)
    {
        if (await _connectors.FindAsync(transaction, token.Connector, cancellationToken) is not { } before)
        {
            return SyncRefusals.NoSuchConnector(token.Connector.ToString());
        }

        if (before.OrganizationId is { } known && draft.Report.OrganizationId is { } read && known != read)
        {
            return SyncRefusals.OtherOrganization(before.Name);
        }

        // It was tried out for another place than the connector now names.
        if (before.Address != draft.Details.Address || before.OrganizationSlug != draft.Details.OrganizationSlug)
        {
            return SyncRefusals.ChangedMeanwhile(before.Name);
        }

        await _connectors.TryReplaceTokenAsync(transaction, token, cancellationToken);
        var ready = new StateChange([ConnectorState.NotConnected], ConnectorState.NotConnected, Reason: null, _clock.GetUtcNow());
        await _connectors.TryMoveAsync(transaction, before.Id, ready, cancellationToken);
        await _audit.AppendAsync(transaction, AuditEvents.TokenRotated(before.ToConnector(), token, caller.Actor), cancellationToken);
        return (await _connectors.FindAsync(transaction, before.Id, cancellationToken))!.ToConnector();
    }
}
