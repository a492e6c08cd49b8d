using System.Numerics;

namespace Watchbill.Integrity;

/// <summary>The place of a complete subtree: of 2^level leaves, the index-th from the left.</summary>
internal readonly record struct TreeNode(int Level, long Index);

/// <summary>A Merkle tree of RFC 6962 whose complete subtrees are stored somewhere. Which of them a question reads does not depend on what they hold.</summary>
/// <param name="read">The hash of a complete subtree.</param>
internal sealed class MerkleTree(Func<TreeNode, byte[]> read)
{
    /// <summary>Which complete subtrees a question reads.</summary>
    public static IReadOnlyCollection<TreeNode> NodesOf(Action<MerkleTree> question)
    {
        HashSet<TreeNode> nodes = [];
        question(new MerkleTree(node =>
        {
            nodes.Add(node);
            return new byte[MerkleHashes.Size];
        }));
        return nodes;
    }

    /// <summary>The root over the first leaves.</summary>
    public byte[] Root(long size) => size == 0 ? MerkleHashes.Empty : Hash(0, size);

    /// <summary>What shows that a leaf is in the tree of a size.</summary>
    public IReadOnlyList<byte[]> Inclusion(long index, long size) => [.. Path(index, 0, size)];

    /// <summary>What shows that the tree of a size begins with the tree of an earlier one.</summary>
    public IReadOnlyList<byte[]> Consistency(long earlier, long size) => earlier == 0 || earlier == size ? [] : [.. SubProof(earlier, 0, size, isWhole: true)];

    /// <summary>The root that a leaf and its proof lead to; null when the proof cannot be one.</summary>
    public static byte[]? RootOf(long index, long size, byte[] leaf, IReadOnlyList<byte[]> proof)
    {
        if (index < 0 || index >= size)
        {
            return null;
        }

        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var part in proof)
        {
            if (last == 0)
            {
                return null;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHashes.Node(part, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                hash = MerkleHashes.Node(hash, part);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 ? hash : null;
    }

    private byte[] Hash(long from, long to)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count) && from % count == 0)
        {
            var level = BitOperations.Log2((ulong)count);
            return read(new TreeNode(level, from >> level));
        }

        var left = LargestBelow(count);
        return MerkleHashes.Node(Hash(from, from + left), Hash(from + left, to));
    }

    private List<byte[]> Path(long index, long from, long to)
    {
        if (to - from == 1)
        {
            return [];
        }

        var middle = from + LargestBelow(to - from);
        return index < middle ? [.. Path(index, from, middle), Hash(middle, to)] : [.. Path(index, middle, to), Hash(from, middle)];
    }

    private List<byte[]> SubProof(long earlier, long from, long to, bool isWhole)
    {
        if (earlier == to)
        {
            return isWhole ? [] : [Hash(from, to)];
        }

        var middle = from + LargestBelow(to - from);
        return earlier <= middle ? [.. SubProof(earlier, from, middle, isWhole), Hash(middle, to)] : [.. SubProof(earlier, middle, to, isWhole: false), Hash(from, middle)];
    }

    private static long LargestBelow(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
