using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Saves new connectors: the row, its owners, the mail to them and the audit event, all or nothing.</summary>
internal sealed class ConnectorWriter(Database database, ConnectorStore connectors, OwnerNotices owners, AuditLog audit)
{
    public async Task<Result<Connector>> InsertAsync(ConnectorRow row, IReadOnlyList<AccountId> chosen, Caller caller, CancellationToken cancellationToken)
    {
        if (await owners.RefuseAsync(chosen, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var saved = await database.InTransactionAsync<Result<ConnectorId>>(
            async transaction =>
            {
                if (await connectors.NameIsTakenAsync(transaction, row.Name, except: default, cancellationToken))
                {
                    return SyncRefusals.NameTaken(row.Name);
                }

                var id = await connectors.InsertAsync(transaction, row, cancellationToken);
                await owners.SetAsync(transaction, row with { Id = id }, chosen, caller.Account, cancellationToken);
                await audit.AppendAsync(transaction, AuditEvents.Connected(id, row, caller.Actor), cancellationToken);
                return id;
            },
            cancellationToken);
        return saved.Succeeded ? (await connectors.FindAsync(saved.Value, cancellationToken))!.ToConnector() : saved.Refusal!;
    }
}
