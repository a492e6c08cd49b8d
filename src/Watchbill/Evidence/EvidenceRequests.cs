using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Evidence;

/// <summary>Reads of evidence that somebody asked for. A request is a row: it is still there after a restart.</summary>
public sealed class EvidenceRequests
{
    private readonly Database _database;
    private readonly TimeProvider _clock;

    internal EvidenceRequests(Database database, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
    }

    /// <summary>Asks for reads, in the transaction of whatever else is written about it.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="connector">From which connector.</param>
    /// <param name="wanted">What, and who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AskAsync(Transaction transaction, ConnectorId connector, IReadOnlyCollection<EvidenceRequest> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var (kind, part, acceptsLoss, actor) in wanted)
        {
            var request = new CollectionRequestRow
            {
                ConnectorId = connector,
                Kind = kind,
                Part = part ?? "",
                AcceptsLoss = acceptsLoss,
                RequestedAt = _clock.GetUtcNow(),
                ActorKind = actor.Kind.ToString(),
                ActorId = actor.Id,
                ActorFrom = actor.From,
            };
            await CollectionStore.AskAsync(transaction, request, cancellationToken);
        }
    }

    /// <summary>What was asked for and is not done, oldest first.</summary>
    public async Task<IReadOnlyList<EvidenceRequest>> ListAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        var rows = await CollectionStore.RequestsAsync(session, connector, cancellationToken);
        return [.. rows.Select(static row => new EvidenceRequest(row.Kind, row.Part.Length == 0 ? null : row.Part, row.AcceptsLoss, row.Actor()))];
    }

    /// <summary>The connectors of which something was asked for and is not done.</summary>
    public async Task<IReadOnlySet<ConnectorId>> ConnectorsAsync(CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return (await CollectionStore.AskedConnectorsAsync(session, cancellationToken)).ToHashSet();
    }

    /// <summary>Forgets what was asked of a connector that goes.</summary>
    public static Task ForgetAsync(Transaction transaction, ConnectorId connector, CancellationToken cancellationToken) =>
        CollectionStore.ForgetRequestsAsync(transaction, connector, cancellationToken);
}

/// <summary>A read that was asked for.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Part">The issue it is about; null for everything of the kind.</param>
/// <param name="AcceptsLoss">Whether much may be gone without asking.</param>
/// <param name="Actor">Who asked.</param>
public sealed record EvidenceRequest(EvidenceKind Kind, string? Part, bool AcceptsLoss, Actor Actor);
