using System.Security.Cryptography;
using System.Text;

namespace Watchbill.People.Secrets;

/// <summary>
/// Secrets that Watchbill makes itself: session tokens, API tokens, links, device codes. 256 bits of chance cannot be guessed, so one round
/// of SHA-256 is enough to keep them, and a digest can be looked up by an index without telling anything by time.
/// </summary>
internal static class SecretText
{
    /// <summary>How many characters a secret has: the fewest of this alphabet that hold 256 bits.</summary>
    public const int Length = 43;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new secret.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>What is stored of a secret.</summary>
    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a text can be one of ours; what cannot be is not even looked up.</summary>
    public static bool IsWellFormed(string? text) => text is { Length: Length } && text.All(char.IsAsciiLetterOrDigit);
}
