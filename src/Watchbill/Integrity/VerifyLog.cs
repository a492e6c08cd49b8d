using System.Text;
using Watchbill.Audit;
using Watchbill.Integrity.Keys;
using Watchbill.Integrity.Timestamps;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>What a look at the whole log found.</summary>
/// <param name="Size">So many entries.</param>
/// <param name="Root">The root over them, computed anew, in hex.</param>
/// <param name="Checkpoints">So many signed checkpoints were compared.</param>
/// <param name="Unsealed">So many audit events are not in the log although they were written minutes ago.</param>
/// <param name="Findings">What is not as it was, at most a hundred sentences; empty when all is.</param>
public sealed record LogVerification(long Size, string Root, int Checkpoints, long Unsealed, IReadOnlyList<string> Findings)
{
    /// <summary>Whether everything is as it was written.</summary>
    public bool IsIntact => Findings.Count == 0 && Unsealed == 0;
}

/// <summary>
/// Computes the whole log anew from its entries and compares it with every checkpoint that was ever signed, with the stored hashes, with the audit events themselves, and with the rows whose digests
/// events hold, the history of access above all. Whoever changes a row of
/// the database cannot make a signature; whoever has the key too is found by a checkpoint that somebody else kept.
/// </summary>
public sealed class VerifyLog
{
    private const int AtOnce = 5_000;
    private const int MostFindings = 100;
    private const int MostWaiting = 100_000;

    /// <summary>Events are sealed within seconds where a server runs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Database _database;
    private readonly SigningKeys _keys;
    private readonly IReadOnlyList<Func<ISealedRecord>> _records;
    private readonly TimeProvider _clock;

    internal VerifyLog(Database database, SigningKeys keys, IEnumerable<Func<ISealedRecord>> records, TimeProvider clock)
    {
        _database = database;
        _keys = keys;
        _records = [.. records];
        _clock = clock;
    }

    /// <summary>Looks at everything. Needs the right to read the audit log.</summary>
    /// <param name="known">A checkpoint that somebody kept; null for none.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result<LogVerification>> RunAsync(string? known, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAudit) is { } refusal ? refusal : await _database.InSnapshotAsync(session => VerifyAsync(session, known, cancellationToken), cancellationToken);
    }

    private async Task<LogVerification> VerifyAsync(ReadSession session, string? known, CancellationToken cancellationToken)
    {
        List<string> findings = [];
        var keys = await _keys.ChainAsync(session, KeyUse.Log, cancellationToken);
        var replacements = new KeyReplacements();
        var records = _records.Select(static make => make()).ToList();
        List<Action<AuditEvent>> watchers = [replacements.See, .. records.Select(static record => (Action<AuditEvent>)record.See)];
        var checkpoints = await LogStore.CheckpointsAsync(session, cancellationToken);
        var kept = known is null ? [] : (List<CheckpointRow>)[new CheckpointRow { Note = known }];
        var expected = Signed(keys, [.. checkpoints, .. kept], findings).ToLookup(static checkpoint => checkpoint.Size, static checkpoint => Convert.ToHexStringLower(checkpoint.Root));
        var frontier = new MerkleFrontier(0, static _ => []);
        for (var batch = await EntriesAsync(0); batch.Count > 0; batch = await EntriesAsync(frontier.Size))
        {
            var complete = Grow(frontier, batch, expected, findings);
            await CompareHashesAsync(session, complete, findings, cancellationToken);
            await CompareEventsAsync(session, batch, watchers, findings, cancellationToken);
        }

        // What was written a moment ago and is not in yet stands for its rows and keys already; that it is not in is counted.
        foreach (var waiting in await LogStore.UnsealedAsync(session, MostWaiting, cancellationToken))
        {
            watchers.ForEach(see => see(waiting));
        }

        var problems = replacements.Compare((KeyUse.Log, keys), (KeyUse.Statements, await _keys.ChainAsync(session, KeyUse.Statements, cancellationToken)));
        foreach (var record in records)
        {
            problems.AddRange(await record.CompareAsync(session, cancellationToken));
        }

        problems.ForEach(problem => Note(findings, problem));
        await CompareTimestampsAsync(session, checkpoints, findings, cancellationToken);
        foreach (var missing in expected.Where(group => group.Key > frontier.Size))
        {
            Note(findings, $"A checkpoint of {missing.Key:N0} entries was signed; there are {frontier.Size:N0} now: entries are gone.");
        }

        if (checkpoints.Count == 0 ? frontier.Size > 0 : checkpoints[^1].Size < frontier.Size)
        {
            Note(findings, "There are entries after the last signed checkpoint.");
        }

        return new LogVerification(
            frontier.Size, Convert.ToHexStringLower(frontier.Root()), checkpoints.Count, await LogStore.CountUnsealedAsync(session, _clock.GetUtcNow() - Patience, cancellationToken), findings);

        Task<List<LogEntryRow>> EntriesAsync(long from) => LogStore.EntriesAsync(session, from, AtOnce, cancellationToken);
    }

    private static IEnumerable<Checkpoint> Signed(KeyChain keys, IReadOnlyList<CheckpointRow> rows, List<string> findings)
    {
        foreach (var row in rows)
        {
            if (Checkpoint.Read(row.Note, keys) is { } checkpoint && (row.Size == 0 || row.Size == checkpoint.Size))
            {
                yield return checkpoint;
            }
            else
            {
                Note(findings, row.Size == 0 ? "The checkpoint that was given is not signed by this log's key." : $"The checkpoint of {row.Size:N0} entries is not signed by this log's key, or was changed.");
            }
        }
    }

    /// <summary>Appends a batch to the tree that is computed anew, and compares it with what was signed at each size.</summary>
    private static List<(TreeNode Node, byte[] Hash)> Grow(MerkleFrontier frontier, List<LogEntryRow> batch, ILookup<long, string> expected, List<string> findings)
    {
        List<(TreeNode, byte[])> complete = [];
        foreach (var row in batch)
        {
            if (row.Idx != frontier.Size)
            {
                Note(findings, $"Entry {frontier.Size:N0} is gone; the next one is {row.Idx:N0}.");
            }

            complete.AddRange(frontier.Append(MerkleHashes.Leaf(Encoding.UTF8.GetBytes(row.Entry))));
            foreach (var root in expected[frontier.Size])
            {
                if (root != Convert.ToHexStringLower(frontier.Root()))
                {
                    Note(findings, $"The first {frontier.Size:N0} entries are not those that were signed: an entry was changed, removed, added or moved.");
                }
            }
        }

        return complete;
    }

    private static async Task CompareHashesAsync(ReadSession session, List<(TreeNode Node, byte[] Hash)> complete, List<string> findings, CancellationToken cancellationToken)
    {
        foreach (var level in complete.GroupBy(static one => one.Node.Level))
        {
            var (from, to) = (level.Min(static one => one.Node.Index), level.Max(static one => one.Node.Index) + 1);
            var stored = await LogStore.HashesAsync(session, level.Key, from, to, cancellationToken);
            foreach (var (node, hash) in level.Where(one => stored.GetValueOrDefault(one.Node.Index) != Convert.ToHexStringLower(one.Hash)))
            {
                Note(findings, $"The stored hash of subtree {node.Index:N0} at level {node.Level} is not that of its entries.");
            }
        }
    }

    private static async Task CompareEventsAsync(ReadSession session, List<LogEntryRow> batch, IReadOnlyList<Action<AuditEvent>> watchers, List<string> findings, CancellationToken cancellationToken)
    {
        var events = await LogStore.EventsAsync(session, [.. batch.Select(static row => row.AuditId)], cancellationToken);
        foreach (var row in batch)
        {
            if (LogEntry.Parse(row.Entry) is not { } entry || entry.AuditId != row.AuditId)
            {
                Note(findings, $"Entry {row.Idx:N0} does not say of which audit event it is.");
            }
            else if (!events.TryGetValue(entry.AuditId, out var auditEvent))
            {
                Note(findings, $"Audit event {entry.AuditId} ({entry.Action}) is gone.");
            }
            else if (!entry.IsOf(auditEvent))
            {
                Note(findings, $"Audit event {entry.AuditId} ({entry.Action}) is not as it was written.");
            }
            else
            {
                foreach (var see in watchers)
                {
                    see(auditEvent);
                }
            }
        }
    }

    /// <summary>Every token is about the checkpoint that it lies beside, and signed by the authority that it names.</summary>
    private static async Task CompareTimestampsAsync(ReadSession session, List<CheckpointRow> checkpoints, List<string> findings, CancellationToken cancellationToken)
    {
        var notes = checkpoints.ToDictionary(static row => row.Size, static row => row.Note);
        foreach (var row in await TimestampStore.BetweenAsync(session, after: 0, upTo: long.MaxValue, cancellationToken))
        {
            var token = new byte[row.Token.Length];
            if (!Convert.TryFromBase64String(row.Token, token, out var length) || Timestamp.Read(token[..length], Encoding.UTF8.GetBytes(notes.GetValueOrDefault(row.Size, "")), anchors: null) is null)
            {
                Note(findings, $"The timestamp of {row.Size:N0} entries is not about the checkpoint of that size, or is not signed.");
            }
        }
    }

    private static void Note(List<string> findings, string sentence)
    {
        if (findings.Count < MostFindings)
        {
            findings.Add(sentence);
        }
    }
}
