using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors.Collecting;

/// <summary>What people ask about evidence. Whoever may see access may see it.</summary>
public sealed class EvidenceQueries
{
    private readonly ReadEvidence _evidence;

    internal EvidenceQueries(ReadEvidence evidence) => _evidence = evidence;

    /// <summary>How every kind stands.</summary>
    public async Task<Result<IReadOnlyList<EvidenceStanding>>> StandingsAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : Result.Of(await _evidence.StandingsAsync(connector, cancellationToken));
    }

    /// <summary>A page of what was collected.</summary>
    public async Task<Result<EvidenceList>> ListAsync(EvidenceQuestion question, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : await _evidence.ListAsync(question, cancellationToken);
    }

    /// <summary>All periods of one record, newest first.</summary>
    public async Task<Result<IReadOnlyList<EvidenceRecord>>> HistoryAsync(ConnectorId connector, EvidenceKind kind, string key, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : await _evidence.HistoryAsync(connector, kind, key, cancellationToken);
    }

    /// <summary>The newest collections, of one kind or of all.</summary>
    public async Task<Result<IReadOnlyList<Collection>>> CollectionsAsync(
        ConnectorId connector, EvidenceKind? kind, CollectionId? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : Result.Of(await _evidence.CollectionsAsync(connector, kind, before, limit, cancellationToken));
    }
}
