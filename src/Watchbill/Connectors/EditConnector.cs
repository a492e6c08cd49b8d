using Watchbill.Audit;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>What somebody wants a connector to say.</summary>
/// <param name="Connector">Which one.</param>
/// <param name="Version">The version they saw.</param>
/// <param name="Details">Everything, as it shall be.</param>
public sealed record ConnectorEdit(ConnectorId Connector, long Version, ConnectorDetails Details);

/// <summary>
/// Changes what a connector says. Two people who edit the same: the second is told. Before anything was read, the address and the organization
/// can be corrected; the token is then asked for anew, because it was meant for the other place.
/// </summary>
public sealed class EditConnector
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly SyncRunStore _runs;
    private readonly OwnerNotices _owners;
    private readonly AuditLog _audit;

    internal EditConnector(Database database, ConnectorStore connectors, SyncRunStore runs, OwnerNotices owners, AuditLog audit)
    {
        _database = database;
        _connectors = connectors;
        _runs = runs;
        _owners = owners;
        _audit = audit;
    }

    /// <summary>Writes all of it or nothing.</summary>
    public async Task<Result<Connector>> RunAsync(ConnectorEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? ConnectInputCheck.Refuse(edit.Details)) is { } refusal)
        {
            return refusal;
        }

        var address = SentryCredentials.ParseAddress(edit.Details.Address);
        if ((address.Refusal ?? await _owners.RefuseAsync(edit.Details.Owners, cancellationToken)) is { } wrong)
        {
            return wrong;
        }

        return await _database.InTransactionAsync(transaction => WriteAsync(transaction, edit, address.Value, caller, cancellationToken), cancellationToken);
    }

    private async Task<Result<Connector>> WriteAsync(Transaction transaction, ConnectorEdit edit, Uri address, Caller caller, CancellationToken cancellationToken)
    {
        if (await _connectors.FindAsync(transaction, edit.Connector, cancellationToken) is not { } before)
        {
            return SyncRefusals.NoSuchConnector(edit.Connector.ToString());
        }

        var moves = before.Address != address.AbsoluteUri || before.OrganizationSlug != edit.Details.OrganizationSlug;
        if (moves && await _runs.HasReadAsync(transaction, before.Id, cancellationToken))
        {
            return SyncRefusals.PlaceIsFixed(before.Name);
        }

        if (await _connectors.NameIsTakenAsync(transaction, edit.Details.Name, before.Id, cancellationToken))
        {
            return SyncRefusals.NameTaken(edit.Details.Name);
        }

        var after = Apply(edit.Details, before, address, moves);
        if (!await _connectors.TryEditAsync(transaction, after, edit.Version, cancellationToken))
        {
            return SyncRefusals.ChangedMeanwhile(before.Name);
        }

        await _owners.SetAsync(transaction, after, edit.Details.Owners, caller.Account, cancellationToken);
        await _audit.AppendAsync(transaction, AuditEvents.Edited(before, after, caller.Actor), cancellationToken);
        return (await _connectors.FindAsync(transaction, edit.Connector, cancellationToken))!.ToConnector();
    }

    private static ConnectorRow Apply(ConnectorDetails details, ConnectorRow before, Uri address, bool moves)
    {
        var after = before with
        {
            Name = details.Name,
            Application = details.Application,
            Address = address.AbsoluteUri,
            OrganizationSlug = details.OrganizationSlug,
            BudgetShare = details.BudgetShare,
            AllowPrivateNetworks = details.AllowPrivateNetworks,
            Schedule = details.Schedule,
        };
        return !moves ? after : after with
        {
            OrganizationId = null,
            ProtectedToken = null,
            TokenKind = null,
            TokenLastFour = null,
            BlindSpots = null,
            ProtectedWriteToken = null,
            WriteTokenKind = null,
            WriteTokenLastFour = null,
            WritesSince = null,
        };
    }
}
