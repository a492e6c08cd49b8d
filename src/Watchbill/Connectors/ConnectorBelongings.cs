using Watchbill.Connectors.Provisioning;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>What goes with a connector when it is removed: runs and their logs, owners, requested syncs and collections, tokens that are being tried out. Changes that are not made yet are taken back, and kept.</summary>
internal sealed class ConnectorBelongings(SyncRunStore runs, ConnectorOwnerStore owners, SyncRequestStore requests, ConnectionDraftStore drafts, TimeProvider clock)
{
    public async Task DeleteAllAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken)
    {
        await runs.DeleteAllAsync(transaction, connector, cancellationToken);
        await owners.DeleteAllAsync(transaction, connector, cancellationToken);
        await requests.DeleteAsync(transaction, connector, cancellationToken);
        await drafts.DeleteAllAsync(transaction, connector, cancellationToken);
        await EvidenceRequests.ForgetAsync(transaction, connector, cancellationToken);
        await ProvisioningStore.WithdrawAllAsync(transaction, connector, clock.GetUtcNow(), cancellationToken);
    }
}
