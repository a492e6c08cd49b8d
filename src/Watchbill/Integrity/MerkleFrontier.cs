namespace Watchbill.Integrity;

/// <summary>The right edge of a tree that grows: all that is needed to append leaves and to tell the root.</summary>
internal sealed class MerkleFrontier
{
    // The complete subtree at each level where the size has a bit; null where it has none.
    private readonly List<byte[]?> _edge = [];

    /// <summary>Takes up a tree of a size.</summary>
    /// <param name="size">So many leaves it has.</param>
    /// <param name="read">The hash of a complete subtree.</param>
    public MerkleFrontier(long size, Func<TreeNode, byte[]> read)
    {
        Size = size;
        foreach (var node in NodesOf(size))
        {
            while (_edge.Count < node.Level)
            {
                _edge.Add(null);
            }

            _edge.Add(read(node));
        }
    }

    /// <summary>So many leaves it has.</summary>
    public long Size { get; private set; }

    /// <summary>The complete subtrees on the right edge, from the smallest.</summary>
    public static IEnumerable<TreeNode> NodesOf(long size)
    {
        for (var level = 0; size >> level > 0; level++)
        {
            if ((size >> level & 1) == 1)
            {
                yield return new TreeNode(level, (size >> level) - 1);
            }
        }
    }

    /// <summary>Appends a leaf.</summary>
    /// <returns>Every subtree that became complete, the leaf first.</returns>
    public IReadOnlyList<(TreeNode Node, byte[] Hash)> Append(byte[] leaf)
    {
        List<(TreeNode, byte[])> complete = [(new TreeNode(0, Size), leaf)];
        var (hash, level) = (leaf, 0);
        for (; level < _edge.Count && _edge[level] is { } left; level++)
        {
            hash = MerkleHashes.Node(left, hash);
            _edge[level] = null;
            complete.Add((new TreeNode(level + 1, Size >> (level + 1)), hash));
        }

        if (level == _edge.Count)
        {
            _edge.Add(null);
        }

        _edge[level] = hash;
        Size++;
        return complete;
    }

    /// <summary>The root over all leaves.</summary>
    public byte[] Root() => _edge.OfType<byte[]>().ToList() is { Count: > 0 } parts ? parts.Skip(1).Aggregate(parts[0], static (right, left) => MerkleHashes.Node(left, right)) : MerkleHashes.Empty;
}
