using Watchbill.Contracts.Evidence;

namespace Watchbill.Contracts.Client;

/// <summary>What is collected from the organization of one connector beside access.</summary>
public sealed class EvidenceClient
{
    private readonly ApiTransport _transport;
    private readonly string _path;

    internal EvidenceClient(ApiTransport transport, long connector) => (_transport, _path) = (transport, $"connectors/{connector}/evidence");

    /// <summary>All kinds, and how each stands.</summary>
    public Task<IReadOnlyList<EvidenceKind>> KindsAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<EvidenceKind>>(_path, cancellationToken);

    /// <summary>A part of what was collected of a kind, in the order of their keys.</summary>
    public Task<EvidencePage> ListAsync(string kind, EvidenceQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<EvidencePage>($"{_path}/{Uri.EscapeDataString(kind)}", query, cancellationToken);

    /// <summary>All records of a kind.</summary>
    public IAsyncEnumerable<EvidenceRecord> AllAsync(string kind, EvidenceQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Parts.AllAsync(
            cursor => ListAsync(kind, query with { Cursor = cursor, Limit = query.Limit ?? PageQuery.MaxLimit }, cancellationToken), static page => (page.Items, page.Next), cancellationToken);
    }

    /// <summary>All periods of one record, newest first.</summary>
    public Task<IReadOnlyList<EvidenceRecord>> HistoryAsync(string kind, EvidenceHistoryQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<EvidenceRecord>>($"{_path}/{Uri.EscapeDataString(kind)}/history", query, cancellationToken);

    /// <summary>A part of the collections, newest first.</summary>
    public Task<Page<EvidenceCollection>> CollectionsAsync(CollectionQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<Page<EvidenceCollection>>($"{_path}/collections", query, cancellationToken);

    /// <summary>Asks for collections; a server begins them within seconds.</summary>
    public Task<IReadOnlyList<EvidenceKind>> CollectAsync(WantedCollection wanted, CancellationToken cancellationToken) =>
        _transport.PostAsync<IReadOnlyList<EvidenceKind>>($"{_path}/collections", wanted, cancellationToken);
}
