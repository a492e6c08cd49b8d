using Watchbill.Integrity;

namespace Watchbill.Tests.Integrity;

/// <summary>The tree against the published vectors, and against a tree that is computed by its definition.</summary>
public sealed class MerkleTests
{
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_roots_are_the_published_ones(int size, string root)
    {
        var grown = Grown(Leaves.Take(size).Select(Convert.FromHexString));
        Assert.Equal(root, Convert.ToHexStringLower(grown.Frontier.Root()));
        Assert.Equal(root, Convert.ToHexStringLower(grown.Tree.Root(size)));
    }

    [Fact]
    public void Every_leaf_of_every_size_is_proven_and_nothing_else_is()
    {
        var leaves = Enumerable.Range(0, 70).Select(static number => new[] { (byte)number }).ToList();
        var (_, tree) = Grown(leaves);
        for (var size = 1; size <= leaves.Count; size++)
        {
            var root = tree.Root(size);
            for (var index = 0; index < size; index++)
            {
                var proof = tree.Inclusion(index, size);
                var leaf = MerkleHashes.Leaf(leaves[index]);
                Assert.Equal(root, MerkleTree.RootOf(index, size, leaf, proof));
                Assert.NotEqual(root, MerkleTree.RootOf(index, size, MerkleHashes.Leaf([255, 255]), proof));
                Assert.NotEqual(root, MerkleTree.RootOf((index + 1) % size, size, leaf, proof) is { } other && size > 1 ? other : null);
                Assert.NotEqual(root, MerkleTree.RootOf(index, size, leaf, [.. proof, leaf]));
            }
        }
    }

    [Fact]
    public void Every_size_begins_with_every_earlier_one()
    {
        var (_, tree) = Grown(Enumerable.Range(0, 40).Select(static number => new[] { (byte)number }));
        for (var size = 1; size <= 40; size++)
        {
            for (var earlier = 1; earlier <= size; earlier++)
            {
                Assert.True(IsConsistent(earlier, size, (tree.Root(earlier), tree.Root(size)), tree.Consistency(earlier, size)), $"{earlier} of {size}");
                Assert.False(IsConsistent(earlier, size, (MerkleHashes.Leaf([1, 2]), tree.Root(size)), tree.Consistency(earlier, size)), $"{earlier} of {size}");
            }
        }
    }

    [Fact]
    public void A_frontier_that_is_taken_up_grows_like_the_one_before()
    {
        var leaves = Enumerable.Range(0, 50).Select(static number => new[] { (byte)number }).ToList();
        for (var size = 0; size < leaves.Count; size++)
        {
            Dictionary<TreeNode, byte[]> stored = [];
            var first = new MerkleFrontier(0, static _ => []);
            leaves.Take(size).ToList().ForEach(leaf => Keep(first, leaf, stored));
            var second = new MerkleFrontier(size, node => stored[node]);
            Keep(second, leaves[size], stored);
            Assert.Equal(Grown(leaves.Take(size + 1)).Frontier.Root(), second.Root());
        }
    }

    /// <summary>The way of RFC 9162, section 2.1.4.2.</summary>
    private static bool IsConsistent(long earlier, long size, (byte[] Earlier, byte[] Later) roots, IReadOnlyList<byte[]> proof)
    {
        if (earlier == size)
        {
            return proof.Count == 0 && roots.Earlier.AsSpan().SequenceEqual(roots.Later);
        }

        List<byte[]> path = System.Numerics.BitOperations.IsPow2(earlier) ? [roots.Earlier, .. proof] : [.. proof];
        var (first, last) = (earlier - 1, size - 1);
        while ((first & 1) == 1)
        {
            (first, last) = (first >> 1, last >> 1);
        }

        var (one, two) = (path[0], path[0]);
        foreach (var part in path.Skip(1))
        {
            if ((first & 1) == 1 || first == last)
            {
                (one, two) = (MerkleHashes.Node(part, one), MerkleHashes.Node(part, two));
                while ((first & 1) == 0 && first != 0)
                {
                    (first, last) = (first >> 1, last >> 1);
                }
            }
            else
            {
                two = MerkleHashes.Node(two, part);
            }

            (first, last) = (first >> 1, last >> 1);
        }

        return last == 0 && one.AsSpan().SequenceEqual(roots.Earlier) && two.AsSpan().SequenceEqual(roots.Later);
    }

    private static (MerkleFrontier Frontier, MerkleTree Tree) Grown(IEnumerable<byte[]> leaves)
    {
        Dictionary<TreeNode, byte[]> stored = [];
        var frontier = new MerkleFrontier(0, static _ => []);
        leaves.ToList().ForEach(leaf => Keep(frontier, leaf, stored));
        return (frontier, new MerkleTree(node => stored[node]));
    }

    private static void Keep(MerkleFrontier frontier, byte[] leaf, Dictionary<TreeNode, byte[]> stored)
    {
        foreach (var (node, hash) in frontier.Append(MerkleHashes.Leaf(leaf)))
        {
            stored.Add(node, hash);
        }
    }
}
