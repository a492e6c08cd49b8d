using System.Buffers.Binary;
using System.Text;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>The log in a pack, computed anew: every entry, every tile, the root that was signed.</summary>
internal sealed class PackLog(PackFiles files, KeyChain? keys, Action<string> find)
{
    private const int Width = ReadLog.TileWidth;

    // Complete subtrees at levels 0, 8, 16, … as tiles hold them.
    private readonly Dictionary<int, MemoryStream> _tiles = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<long, byte[]> _roots = [];

    /// <summary>The roots of the log at the sizes that were asked for, computed anew.</summary>
    public IReadOnlyDictionary<long, byte[]> Roots => _roots;

    /// <summary>Reads and compares all of it.</summary>
    /// <param name="isWanted">Which entries somebody wants to see, by index.</param>
    /// <param name="sizes">At which sizes the root is wanted.</param>
    /// <returns>How many entries there are, and the wanted ones.</returns>
    public (long Size, IReadOnlyDictionary<long, string> Entries) Read(Predicate<long> isWanted, IReadOnlySet<long> sizes)
    {
        Dictionary<long, string> entries = [];
        if (keys is null || files.ReadText(LogPart.Checkpoint) is not { } note || Checkpoint.Read(note, keys) is not { } checkpoint)
        {
            find($"{LogPart.Checkpoint} is missing, or not signed by the log's key.");
            return (0, entries);
        }

        var frontier = new MerkleFrontier(0, static _ => []);
        for (var from = 0L; from < checkpoint.Size; from += Width)
        {
            var width = (int)Math.Min(Width, checkpoint.Size - from);
            if (!ReadBundle(from, width, frontier, entry =>
            {
                if (isWanted(frontier.Size - 1))
                {
                    entries[frontier.Size - 1] = Encoding.UTF8.GetString(entry);
                }

                if (sizes.Contains(frontier.Size))
                {
                    _roots[frontier.Size] = frontier.Root();
                }
            }))
            {
                find($"The entries from {from:N0} on are missing, or are not {width}.");
                return (frontier.Size, entries);
            }
        }

        if (!frontier.Root().AsSpan().SequenceEqual(checkpoint.Root))
        {
            find("The entries of the log are not those that were signed.");
        }

        CompareTiles(checkpoint.Size);
        foreach (var other in files.Digests.Keys.Where(name => name.StartsWith("data/log/tile/", StringComparison.Ordinal) && !_seen.Contains(name)))
        {
            find($"{other} is no tile of a log of {checkpoint.Size:N0} entries.");
        }

        return (checkpoint.Size, entries);
    }

    private bool ReadBundle(long from, int width, MerkleFrontier frontier, Action<byte[]> pass)
    {
        var bundle = See($"data/log/tile/entries/{LogPart.PlaceOf(from / Width, width)}");
        var (at, count) = (0, 0);
        for (; bundle is not null && at + 2 <= bundle.Length && count < width; count++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            if (at + 2 + length > bundle.Length)
            {
                return false;
            }

            var entry = bundle.AsSpan(at + 2, length).ToArray();
            Keep(frontier.Append(MerkleHashes.Leaf(entry)));
            pass(entry);
            at += 2 + length;
        }

        return count == width && at == bundle?.Length;
    }

    private void Keep(IReadOnlyList<(TreeNode Node, byte[] Hash)> complete)
    {
        foreach (var (node, hash) in complete.Where(static one => one.Node.Level % 8 == 0))
        {
            if (!_tiles.TryGetValue(node.Level / 8, out var hashes))
            {
                _tiles[node.Level / 8] = hashes = new MemoryStream();
            }

            hashes.Write(hash);
        }
    }

    private void CompareTiles(long size)
    {
        for (var level = 0; size >> (8 * level) > 0; level++)
        {
            var hashes = _tiles[level].ToArray();
            for (var from = 0L; from < size >> (8 * level); from += Width)
            {
                var width = (int)Math.Min(Width, (size >> (8 * level)) - from);
                var name = $"data/log/tile/{level}/{LogPart.PlaceOf(from / Width, width)}";
                if (See(name) is not { } tile || !tile.AsSpan().SequenceEqual(hashes.AsSpan((int)from * MerkleHashes.Size, width * MerkleHashes.Size)))
                {
                    find($"{name} is missing, or does not hold the hashes of the entries.");
                }
            }
        }
    }

    private byte[]? See(string name)
    {
        _seen.Add(name);
        return files.Read(name);
    }
}
