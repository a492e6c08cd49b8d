using System.Text;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>
/// Puts every audit event into the log, in one order that never changes, and signs what the log says of itself. One process at a time; entries, hashes and the signed checkpoint
/// become durable together, so that no two checkpoints ever disagree.
/// </summary>
public sealed class SealLog
{
    private const int AtOnce = 5_000;

    private readonly Database _database;
    private readonly Lazy<LogKey> _key;
    private readonly TimeProvider _clock;

    internal SealLog(Database database, Lazy<LogKey> key, TimeProvider clock)
    {
        _database = database;
        _key = key;
        _clock = clock;
    }

    /// <summary>Puts in what is not in yet.</summary>
    /// <returns>How many entries were added.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        // Most looks find nothing: they take no lock.
        await using (var session = _database.OpenRead())
        {
            if ((await LogStore.UnsealedAsync(session, limit: 1, cancellationToken)).Count == 0)
            {
                return 0;
            }
        }

        var added = 0L;
        while (await _database.InTransactionAsync(transaction => AppendAsync(transaction, cancellationToken), cancellationToken) is > 0 and var count)
        {
            added += count;
            if (count < AtOnce)
            {
                break;
            }
        }

        return added;
    }

    private async Task<int> AppendAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, "evidence-log", cancellationToken);
        var events = await LogStore.UnsealedAsync(transaction, AtOnce, cancellationToken);
        if (events.Count == 0)
        {
            return 0;
        }

        var size = (await LogStore.LatestAsync(transaction, cancellationToken))?.Size ?? 0;
        var edge = await LogStore.HashesAsync(transaction, [.. MerkleFrontier.NodesOf(size)], cancellationToken);
        var frontier = new MerkleFrontier(size, node => edge[node]);
        List<LogEntryRow> entries = [];
        List<LogHashRow> hashes = [];
        foreach (var auditEvent in events)
        {
            var entry = LogEntry.Of(auditEvent).ToText();
            entries.Add(new LogEntryRow { Idx = frontier.Size, AuditId = auditEvent.Id, Entry = entry });
            hashes.AddRange(frontier.Append(MerkleHashes.Leaf(Encoding.UTF8.GetBytes(entry)))
                .Select(static complete => new LogHashRow { Level = complete.Node.Level, Idx = complete.Node.Index, Hash = Convert.ToHexStringLower(complete.Hash) }));
        }

        await LogStore.AppendAsync(transaction, entries, hashes, cancellationToken);
        var checkpoint = new Checkpoint(_key.Value.Origin, frontier.Size, frontier.Root());
        await LogStore.InsertAsync(transaction, new CheckpointRow { Size = checkpoint.Size, At = _clock.GetUtcNow(), Note = checkpoint.SignedBy(_key.Value) }, cancellationToken);
        return events.Count;
    }
}
