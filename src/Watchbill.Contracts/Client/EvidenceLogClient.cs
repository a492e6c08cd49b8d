using Watchbill.Contracts.Evidence;

namespace Watchbill.Contracts.Client;

/// <summary>The evidence log.</summary>
public sealed class EvidenceLogClient
{
    private readonly ApiTransport _transport;

    internal EvidenceLogClient(ApiTransport transport) => _transport = transport;

    /// <summary>How it stands, and the key that signs it.</summary>
    public Task<EvidenceLog> FindAsync(CancellationToken cancellationToken) => _transport.GetAsync<EvidenceLog>("evidence-log", cancellationToken);

    /// <summary>Has the whole log computed anew and compared.</summary>
    public Task<EvidenceLogVerification> VerifyAsync(NewLogVerification verification, CancellationToken cancellationToken) =>
        _transport.PostAsync<EvidenceLogVerification>("evidence-log/verification", verification, cancellationToken);

    /// <summary>What shows that an audit event is in the log.</summary>
    public Task<EvidenceLogProof> ProofAsync(long auditEvent, CancellationToken cancellationToken) => _transport.GetAsync<EvidenceLogProof>($"evidence-log/proofs/{auditEvent}", cancellationToken);

    /// <summary>What shows that the log of one size begins with the log of an earlier one.</summary>
    public Task<IReadOnlyList<string>> ConsistencyAsync(ConsistencyQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<string>>("evidence-log/consistency", query, cancellationToken);

    /// <summary>The public keys that sign the log, statements and packs, oldest of each use first.</summary>
    public Task<IReadOnlyList<EvidenceKey>> KeysAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<EvidenceKey>>("evidence-log/keys", cancellationToken);

    /// <summary>Makes a new key, has the current one endorse it, and signs with it from now on.</summary>
    /// <param name="use"><c>log</c> or <c>statements</c>.</param>
    /// <param name="replacement">Which key, and why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<EvidenceKey> ReplaceKeyAsync(string use, KeyReplacement replacement, CancellationToken cancellationToken) =>
        _transport.PostAsync<EvidenceKey>($"evidence-log/keys/{Uri.EscapeDataString(use)}/replacement", replacement, cancellationToken);
}
