using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Watchbill.Integrity.Keys;

namespace Watchbill.Integrity;

/// <summary>A signature as <c>ssh-keygen -Y verify</c> takes it, for people who have no other tool.</summary>
internal static class SshSignature
{
    private const string KeyType = "ssh-ed25519";
    private const string Hash = "sha512";
    private const int LineLength = 70;

    /// <summary>Signs a text for a purpose (<c>-n</c>).</summary>
    public static string Sign(SigningKey key, string purpose, byte[] text)
    {
        byte[] blob =
        [
            .. "SSHSIG"u8, 0, 0, 0, 1, .. Framed(KeyOf(key.PublicKey)), .. Framed(purpose), .. Framed(""), .. Framed(Hash),
            .. Framed([.. Framed(KeyType), .. Framed(key.Sign(Signed(purpose, text)))]),
        ];
        var lines = Convert.ToBase64String(blob).Chunk(LineLength).Select(static line => new string(line));
        return $"-----BEGIN SSH SIGNATURE-----\n{string.Join('\n', lines)}\n-----END SSH SIGNATURE-----\n";
    }

    /// <summary>Whether a key signed a text for a purpose, in exactly these bytes.</summary>
    public static bool Verifies(string signature, byte[] publicKey, string purpose, byte[] text)
    {
        var lines = signature.Split('\n');
        if (lines is not ["-----BEGIN SSH SIGNATURE-----", .. var body, "-----END SSH SIGNATURE-----", ""] || body.Any(static line => line.Length is 0 or > LineLength))
        {
            return false;
        }

        byte[] start = [.. "SSHSIG"u8, 0, 0, 0, 1, .. Framed(KeyOf(publicKey)), .. Framed(purpose), .. Framed(""), .. Framed(Hash), .. Length(4 + KeyType.Length + 4 + 64), .. Framed(KeyType), .. Length(64)];
        var blob = new byte[start.Length + 64];
        return Convert.TryFromBase64String(string.Concat(body), blob, out var length) && length == blob.Length && string.Concat(body) == Convert.ToBase64String(blob)
            && blob.AsSpan().StartsWith(start) && SigningKey.Verifies(publicKey, Signed(purpose, text), blob[start.Length..]);
    }

    /// <summary>The line of a file that says whose signatures are taken.</summary>
    public static string AllowedSigner(string name, byte[] publicKey) => $"{name} {KeyType} {Convert.ToBase64String(KeyOf(publicKey))}\n";

    private static byte[] KeyOf(byte[] publicKey) => [.. Framed(KeyType), .. Framed(publicKey)];

    private static byte[] Signed(string purpose, byte[] text) => [.. "SSHSIG"u8, .. Framed(purpose), .. Framed(""), .. Framed(Hash), .. Framed(SHA512.HashData(text))];

    private static byte[] Framed(string text) => Framed(Encoding.UTF8.GetBytes(text));

    private static byte[] Framed(byte[] bytes) => [.. Length(bytes.Length), .. bytes];

    private static byte[] Length(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }
}
