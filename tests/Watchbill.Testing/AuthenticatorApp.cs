using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Watchbill.Testing;

/// <summary>Somebody's app, written from RFC 6238 and not from what the product uses: a mistake there must not pass because it is made here too.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "What the RFC says.")]
public static class AuthenticatorApp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>What the app shows at a time.</summary>
    public static string CodeAt(string secret, DateTimeOffset at) => CodeOf(KeyOf(secret), at.ToUnixTimeSeconds() / 30);

    /// <summary>The code of a step.</summary>
    public static string CodeOf(byte[] key, long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var digest = HMACSHA1.HashData(key, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(digest.AsSpan(digest[^1] & 0xf, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] KeyOf(string secret)
    {
        var bits = string.Concat(secret.TrimEnd('=').Select(static letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(static octet => octet.Length == 8).Select(static octet => Convert.ToByte(new string(octet), 2))];
    }
}
