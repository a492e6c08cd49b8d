using Watchbill.Contracts.Operations;

namespace Watchbill.Contracts.Client;

/// <summary>Watchbill itself.</summary>
public sealed class OperationsClient
{
    private readonly ApiTransport _transport;

    internal OperationsClient(ApiTransport transport) => _transport = transport;

    /// <summary>How it stands: what waits, its processes, the database, the sources' rate limits.</summary>
    public Task<SystemStatus> StatusAsync(CancellationToken cancellationToken) => _transport.GetAsync<SystemStatus>("status", cancellationToken);
}
