using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>How the log stands.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="Size">So many entries are signed for.</param>
/// <param name="SealedAt">When the last checkpoint was signed; null when there is none.</param>
/// <param name="Checkpoint">The last signed checkpoint; null when there is none.</param>
/// <param name="VerifierKey">The public key that signs now, as tools for transparency logs take it.</param>
/// <param name="PublicKeyPem">The same, as OpenSSL takes it.</param>
public sealed record LogStanding(string Origin, long Size, DateTimeOffset? SealedAt, string? Checkpoint, string VerifierKey, string PublicKeyPem);

/// <summary>What shows that an audit event is in the log.</summary>
/// <param name="Index">Its entry's index.</param>
/// <param name="Entry">The entry, whose bytes are the leaf.</param>
/// <param name="Proof">A self-contained proof as C2SP tlog-proof writes it.</param>
/// <param name="Event">Everything that the event says, as it was hashed behind the entry's salt.</param>
public sealed record LogProof(long Index, string Entry, string Proof, string Event);

/// <summary>Reads the log the way C2SP tlog-tiles serves it. Needs the right to read the audit log.</summary>
public sealed class ReadLog
{
    /// <summary>So many hashes or entries a full tile holds.</summary>
    public const int TileWidth = 256;

    private const int TileHeight = 8;

    private readonly Database _database;
    private readonly SigningKeys _keys;

    internal ReadLog(Database database, SigningKeys keys)
    {
        _database = database;
        _keys = keys;
    }

    /// <summary>How it stands.</summary>
    public async Task<Result<LogStanding>> StandingAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var latest = await LogStore.LatestAsync(session, cancellationToken);
        var keys = await _keys.ChainAsync(session, KeyUse.Log, cancellationToken);
        return new LogStanding(
            keys.Origin, latest?.Size ?? 0, latest?.At, latest?.Note, NoteKeys.VerifierKeyOf(keys.Origin, keys.Current.PublicKey), SigningKey.PemOf(keys.Current.PublicKey));
    }

    /// <summary>What shows that an audit event is in the log.</summary>
    public async Task<Result<LogProof>> ProofAsync(long auditId, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAudit) is { } refusal ? refusal : await _database.InSnapshotAsync<Result<LogProof>>(
            async session =>
            {
                if (await LogStore.OfEventAsync(session, auditId, cancellationToken) is not { } row || await LogStore.LatestAsync(session, cancellationToken) is not { } latest)
                {
                    return IntegrityRefusals.NotSealed(auditId);
                }

                var proof = await LogProofText.OfAsync(session, row.Idx, latest, cancellationToken);
                var events = await LogStore.EventsAsync(session, [auditId], cancellationToken);
                return new LogProof(row.Idx, row.Entry, proof, events.TryGetValue(auditId, out var auditEvent) ? LogEntry.TextOf(auditEvent) : "");
            },
            cancellationToken);
    }

    /// <summary>What shows that the log of one size begins with the log of an earlier one.</summary>
    public async Task<Result<IReadOnlyList<string>>> ConsistencyAsync(long earlier, long size, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAudit) is { } refusal ? refusal : await _database.InSnapshotAsync(
            async session => earlier < 1 || earlier > size || size > await LogStore.SizeAsync(session, cancellationToken)
                ? IntegrityRefusals.BadSizes()
                : Result.Of<IReadOnlyList<string>>([.. (await TreeAsync(session, tree => tree.Consistency(earlier, size), cancellationToken)).Consistency(earlier, size).Select(Convert.ToBase64String)]),
            cancellationToken);
    }

    /// <summary>A tile of hashes: 32 bytes for each subtree of 256^level leaves.</summary>
    /// <param name="level">The tile's level.</param>
    /// <param name="index">Which tile of that level.</param>
    /// <param name="width">How many of its hashes, 1 to 256.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result<byte[]>> TileAsync(int level, long index, int width, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var tile = level is < 0 or > 7 || index < 0 || width is < 1 or > TileWidth ? null : await LogStore.TileAsync(session, level * TileHeight, index * TileWidth, width, cancellationToken);
        return tile is null ? IntegrityRefusals.NoSuchTile() : tile;
    }

    /// <summary>A bundle of entries, each behind its length in two bytes.</summary>
    public async Task<Result<byte[]>> EntriesAsync(long index, int width, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        var bundle = index < 0 || width is < 1 or > TileWidth ? null : await LogStore.BundleAsync(session, index * TileWidth, width, cancellationToken);
        return bundle is null ? IntegrityRefusals.NoSuchTile() : bundle;
    }

    private static async Task<MerkleTree> TreeAsync(ReadSession session, Action<MerkleTree> question, CancellationToken cancellationToken)
    {
        var hashes = await LogStore.HashesAsync(session, MerkleTree.NodesOf(question), cancellationToken);
        return new MerkleTree(node => hashes[node]);
    }
}
