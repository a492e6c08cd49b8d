using Watchbill.Audit;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors.Collecting;

/// <summary>Asks for evidence that a server collects as soon as it can. The request is a row: it is still there after a restart.</summary>
public sealed class RequestCollection
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly EvidenceRequests _requests;
    private readonly AuditLog _audit;

    internal RequestCollection(Database database, ConnectorStore connectors, EvidenceRequests requests, AuditLog audit)
    {
        _database = database;
        _connectors = connectors;
        _requests = requests;
        _audit = audit;
    }

    /// <summary>Asks for it; asking twice is asking once.</summary>
    /// <param name="connector">From which connector.</param>
    /// <param name="wanted">What; no kinds for all that need no issue.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is asked for then.</param>
    public async Task<Result<IReadOnlyList<EvidenceKind>>> RunAsync(ConnectorId connector, WantedEvidence wanted, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<IReadOnlyList<EvidenceKind>>>(
            async transaction =>
            {
                if (await _connectors.FindAsync(transaction, connector, cancellationToken) is not { } row)
                {
                    return SyncRefusals.NoSuchConnector(connector.ToString());
                }

                var kinds = wanted.AllKinds();
                List<EvidenceRequest> requests = [.. kinds.Select(kind => new EvidenceRequest(kind, wanted.Issue, wanted.AcceptsLoss, caller.Actor))];
                if (requests.Select(request => CollectRefusals.For(row, request)).FirstOrDefault(static no => no is not null) is { } notNow)
                {
                    return notNow;
                }

                await _requests.AskAsync(transaction, connector, requests, cancellationToken);
                await _audit.AppendAsync(transaction, AuditEvents.CollectionRequested(row, kinds, wanted.Issue, caller.Actor), cancellationToken);
                return Result.Of(kinds);
            },
            cancellationToken);
    }
}

/// <summary>What somebody wants collected.</summary>
/// <param name="Kinds">Which kinds; none for all.</param>
/// <param name="Issue">The issue, by number or short id, for its activity and events; null for what belongs to the organization.</param>
/// <param name="AcceptsLoss">Whether much may be gone without asking.</param>
public sealed record WantedEvidence(IReadOnlyList<EvidenceKind> Kinds, string? Issue = null, bool AcceptsLoss = false)
{
    /// <summary>The kinds, spelled out, in the order in which they are read.</summary>
    public IReadOnlyList<EvidenceKind> AllKinds() =>
        [.. EvidenceKinds.All.Where(info => Kinds.Count == 0 ? info.IsOnDemand == Issue is not null : Kinds.Contains(info.Kind)).Select(static info => info.Kind)];
}
