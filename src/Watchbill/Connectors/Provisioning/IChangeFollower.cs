using Watchbill.Storage;

namespace Watchbill.Connectors.Provisioning;

/// <summary>Whoever asked for a change and goes on from what became of it.</summary>
public interface IChangeFollower
{
    /// <summary>Told after every try, in the transaction that writes what it came to: what follows from a proof is durable together with it.</summary>
    /// <param name="transaction">The transaction. It holds the lock of the organization's changes.</param>
    /// <param name="task">The change as it is now: proven, escalated, or waiting for the next try.</param>
    /// <param name="cancellationToken">Stops it; nothing was written then.</param>
    Task TriedAsync(Transaction transaction, ProvisioningTask task, CancellationToken cancellationToken);
}
