using System.Globalization;
using Watchbill.Storage;

namespace Watchbill.Integrity;

/// <summary>What shows that an entry is in the log, in one text that needs nothing else, as C2SP tlog-proof writes it.</summary>
internal static class LogProofText
{
    private const string Head = "c2sp.org/tlog-proof@v1";

    /// <summary>The proof of an entry in the log of a checkpoint.</summary>
    public static async Task<string> OfAsync(ReadSession session, long index, CheckpointRow checkpoint, CancellationToken cancellationToken)
    {
        var hashes = await LogStore.HashesAsync(session, MerkleTree.NodesOf(tree => tree.Inclusion(index, checkpoint.Size)), cancellationToken);
        var lines = new MerkleTree(node => hashes[node]).Inclusion(index, checkpoint.Size).Select(static hash => Convert.ToBase64String(hash) + "\n");
        return string.Create(CultureInfo.InvariantCulture, $"{Head}\nindex {index}\n{string.Concat(lines)}\n{checkpoint.Note}");
    }

    /// <summary>Whether a text is the proof of an entry in the log of a checkpoint, and nothing else.</summary>
    public static bool Shows(string text, long index, byte[] leaf, Checkpoint checkpoint, string note)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || text[(split + 2)..] != note || text[..split].Split('\n') is not [Head, var named, .. var lines] || named != string.Create(CultureInfo.InvariantCulture, $"index {index}"))
        {
            return false;
        }

        List<byte[]> proof = [];
        foreach (var line in lines)
        {
            var hash = new byte[MerkleHashes.Size];
            if (!Convert.TryFromBase64String(line, hash, out var length) || length != MerkleHashes.Size || Convert.ToBase64String(hash) != line)
            {
                return false;
            }

            proof.Add(hash);
        }

        return MerkleTree.RootOf(index, checkpoint.Size, leaf, proof) is { } root && root.AsSpan().SequenceEqual(checkpoint.Root);
    }
}
