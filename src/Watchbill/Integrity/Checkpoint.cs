using System.Globalization;
using System.Text;
using Watchbill.Integrity.Keys;

namespace Watchbill.Integrity;

/// <summary>What the log says of itself at a size, as C2SP tlog-checkpoint writes it: three lines, an empty one, signatures.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">So many entries.</param>
/// <param name="Root">The root over them.</param>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>What is signed.</summary>
    public string Body => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>It with the signature of each key.</summary>
    public string SignedBy(params IReadOnlyList<SigningKey> keys) =>
        $"{Body}\n{string.Concat(keys.Select(key => $"— {Origin} {Convert.ToBase64String([.. NoteKeys.IdOf(Origin, key.PublicKey), .. key.Sign(Encoding.UTF8.GetBytes(Body))])}\n"))}";

    /// <summary>Reads one of this log that is signed by the key whose turn it was; null for anything else. Signatures of other keys are ignored.</summary>
    public static Checkpoint? Read(string note, KeyChain keys)
    {
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0)
        {
            return null;
        }

        var body = note[..(split + 1)];
        return body.Split('\n') is [var origin, var size, var root, ""] && origin == keys.Origin && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && Decode(root) is { Length: MerkleHashes.Size } bytes && note[(split + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(line => IsSignature(line, body, origin, keys.SignerAt(count)))
                ? new Checkpoint(origin, count, bytes) : null;
    }

    private static bool IsSignature(string line, string body, string origin, byte[] publicKey) =>
        line.Split(' ') is ["—", var name, var text] && name == origin && Decode(text) is { Length: 68 } signature
            && signature.AsSpan(0, 4).SequenceEqual(NoteKeys.IdOf(origin, publicKey)) && SigningKey.Verifies(publicKey, Encoding.UTF8.GetBytes(body), signature[4..]);

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
