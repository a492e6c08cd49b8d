using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Integrity.Keys;

/// <summary>How C2SP's signed notes name a log and its keys.</summary>
internal static class NoteKeys
{
    private const byte Ed25519 = 1;

    /// <summary>The name of the log whose first key this is. It stays when the key is replaced.</summary>
    public static string OriginOf(byte[] firstPublicKey) => $"watchbill.log/{Convert.ToHexStringLower(SHA256.HashData(firstPublicKey).AsSpan(0, 8))}";

    /// <summary>The four bytes by which a signature names a key.</summary>
    public static byte[] IdOf(string origin, byte[] publicKey) => SHA256.HashData([.. Encoding.UTF8.GetBytes(origin), 0x0A, Ed25519, .. publicKey])[..4];

    /// <summary>A key as tools for transparency logs take it: <c>name+id+key</c>.</summary>
    public static string VerifierKeyOf(string origin, byte[] publicKey) =>
        $"{origin}+{Convert.ToHexStringLower(IdOf(origin, publicKey))}+{Convert.ToBase64String([Ed25519, .. publicKey])}";
}
