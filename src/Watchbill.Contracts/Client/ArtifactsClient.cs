using Watchbill.Contracts.Compliance;

namespace Watchbill.Contracts.Client;

/// <summary>Files that people keep as evidence.</summary>
public sealed class ArtifactsClient
{
    private readonly ApiTransport _transport;

    internal ArtifactsClient(ApiTransport transport) => _transport = transport;

    /// <summary>Artifacts, newest first.</summary>
    public Task<Page<Artifact>> ListAsync(long connector, ArtifactQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<Artifact>>($"connectors/{connector}/artifacts", query, cancellationToken);

    /// <summary>What is known of one.</summary>
    public Task<Artifact> FindAsync(long artifact, CancellationToken cancellationToken) => _transport.GetAsync<Artifact>($"artifacts/{artifact}", cancellationToken);

    /// <summary>Records a file.</summary>
    public Task<Artifact> RecordAsync(long connector, NewArtifact artifact, CancellationToken cancellationToken) => _transport.PostAsync<Artifact>($"connectors/{connector}/artifacts", artifact, cancellationToken);

    /// <summary>Says that one must not be erased.</summary>
    public Task<Artifact> HoldAsync(long artifact, ArtifactDecision decision, CancellationToken cancellationToken) => _transport.PostAsync<Artifact>($"artifacts/{artifact}/hold", decision, cancellationToken);

    /// <summary>Ends a hold.</summary>
    public Task<Artifact> ReleaseAsync(long artifact, ArtifactDecision decision, CancellationToken cancellationToken) => _transport.PostAsync<Artifact>($"artifacts/{artifact}/release", decision, cancellationToken);

    /// <summary>Erases what one holds.</summary>
    public Task<Artifact> EraseAsync(long artifact, ArtifactDecision decision, CancellationToken cancellationToken) => _transport.PostAsync<Artifact>($"artifacts/{artifact}/erase", decision, cancellationToken);
}
