using System.Runtime.CompilerServices;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Connectors.Collecting;

/// <summary>What people ask about evidence. Whoever may see access may see it.</summary>
public sealed class EvidenceQueries
{
    private readonly ReadEvidence _evidence;
    private readonly TimeProvider _clock;

    internal EvidenceQueries(ReadEvidence evidence, TimeProvider clock)
    {
        _evidence = evidence;
        _clock = clock;
    }

    /// <summary>How every kind stands.</summary>
    public async Task<Result<IReadOnlyList<EvidenceStanding>>> StandingsAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : Result.Of(await _evidence.StandingsAsync(connector, cancellationToken));
    }

    /// <summary>
    /// How every kind stands, as it changes, whichever process collects; the database is asked once a second. Ends when nothing runs or is asked for any more,
    /// and after some minutes, when whoever watches asks again: whether they may still look is then asked again too.
    /// </summary>
    /// <param name="connector">The connector.</param>
    /// <param name="caller">Who watches.</param>
    /// <param name="stopping">Ends it in good order.</param>
    /// <param name="cancellationToken">They stopped watching.</param>
    /// <returns>Each standing that says something new.</returns>
    public async IAsyncEnumerable<IReadOnlyList<EvidenceStanding>> ChangesAsync(
        ConnectorId connector, Caller caller, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<(CollectionId?, long, long, bool)> last = [];
        await foreach (var now in Watching.EverySecondAsync(token => StandingsAsync(connector, caller, token), _clock, stopping, cancellationToken))
        {
            if (!now.Succeeded)
            {
                yield break;
            }

            List<(CollectionId?, long, long, bool)> marks = [.. now.Value.Select(static one => (one.Latest?.Id, one.Latest?.Rows ?? 0, one.Latest?.Requests ?? 0, one.IsMoving))];
            if (!marks.SequenceEqual(last))
            {
                yield return now.Value;
                last = marks;
            }

            if (!now.Value.Any(static one => one.IsMoving))
            {
                yield break;
            }
        }
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
