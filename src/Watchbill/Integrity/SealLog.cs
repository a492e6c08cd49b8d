using System.Text;
using Watchbill.Integrity.Keys;
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
    private readonly SigningKeys _keys;
    private readonly TimeProvider _clock;

    internal SealLog(Database database, SigningKeys keys, TimeProvider clock)
    {
        _database = database;
        _keys = keys;
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

    /// <summary>Puts in, within the transaction of somebody who holds the log, all that is not in yet.</summary>
    /// <param name="transaction">Theirs.</param>
    /// <param name="keys">Those that signed until now.</param>
    /// <param name="signers">Who signs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The last checkpoint.</returns>
    internal async Task<Checkpoint> AppendAllAsync(Transaction transaction, KeyChain keys, IReadOnlyList<SigningKey> signers, CancellationToken cancellationToken)
    {
        Checkpoint? last = null;
        for (var count = AtOnce; count == AtOnce;)
        {
            (count, var signed) = await AppendAsync(transaction, keys, signers, cancellationToken);
            last = signed ?? last;
        }

        return last ?? throw new InvalidOperationException("Whoever asks wrote an event that is to be put in.");
    }

    /// <summary>Held by whoever appends, until their transaction ends.</summary>
    internal static Task HoldAsync(Transaction transaction, CancellationToken cancellationToken) => Database.LockAsync(transaction, "evidence-log", cancellationToken);

    private async Task<int> AppendAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        await HoldAsync(transaction, cancellationToken);
        await _keys.KeepAsync(transaction, KeyUse.Statements, cancellationToken);
        var keys = await _keys.KeepAsync(transaction, KeyUse.Log, cancellationToken);
        return (await AppendAsync(transaction, keys.Chain, [keys.Current], cancellationToken)).Count;
    }

    private async Task<(int Count, Checkpoint? Signed)> AppendAsync(Transaction transaction, KeyChain keys, IReadOnlyList<SigningKey> signers, CancellationToken cancellationToken)
    {
        var events = await LogStore.UnsealedAsync(transaction, AtOnce, cancellationToken);
        if (events.Count == 0)
        {
            return (0, null);
        }

        // Nothing is put on top of what this log's keys did not sign.
        var latest = await LogStore.LatestAsync(transaction, cancellationToken);
        if (latest is not null && Checkpoint.Read(latest.Note, keys) is null)
        {
            throw new SecretUnreadableException("The last checkpoint of the evidence log is not signed by its key. Restore the key folder and the database from one backup.");
        }

        var size = latest?.Size ?? 0;
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
        var checkpoint = new Checkpoint(keys.Origin, frontier.Size, frontier.Root());
        await LogStore.InsertAsync(transaction, new CheckpointRow { Size = checkpoint.Size, At = _clock.GetUtcNow(), Note = checkpoint.SignedBy(signers) }, cancellationToken);
        return (events.Count, checkpoint);
    }
}
