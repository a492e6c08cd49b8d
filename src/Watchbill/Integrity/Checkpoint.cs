using System.Globalization;
using System.Text;

namespace Watchbill.Integrity;

/// <summary>What the log says of itself at a size, as C2SP tlog-checkpoint writes it: three lines, an empty one, signatures.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">So many entries.</param>
/// <param name="Root">The root over them.</param>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>What is signed.</summary>
    public string Body => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>It with its signature.</summary>
    public string SignedBy(LogKey key) => $"{Body}\n— {key.Origin} {Convert.ToBase64String([.. key.KeyId, .. key.Sign(Encoding.UTF8.GetBytes(Body))])}\n";

    /// <summary>Reads one whose signature by the key is right; null for anything else. Lines of other keys are ignored.</summary>
    public static Checkpoint? Read(string note, LogKey key) => Read(note, key.PublicKey);

    /// <inheritdoc cref="Read(string, LogKey)"/>
    public static Checkpoint? Read(string note, byte[] publicKey)
    {
        var origin = LogKey.OriginOf(publicKey);
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0)
        {
            return null;
        }

        var body = note[..(split + 1)];
        var isSigned = note[(split + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(line => IsSignature(line, body, publicKey));
        return isSigned && body.Split('\n') is [var named, var size, var root, ""] && named == origin && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && Decode(root) is { Length: MerkleHashes.Size } bytes
                ? new Checkpoint(origin, count, bytes) : null;
    }

    private static bool IsSignature(string line, string body, byte[] publicKey)
    {
        var origin = LogKey.OriginOf(publicKey);
        return line.Split(' ') is ["—", var name, var text] && name == origin && Decode(text) is { Length: 68 } signature
            && signature.AsSpan(0, 4).SequenceEqual(LogKey.KeyIdOf(origin, publicKey)) && SigningKey.Verifies(publicKey, Encoding.UTF8.GetBytes(body), signature[4..]);
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
