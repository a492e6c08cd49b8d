using System.Security.Cryptography;
using Watchbill.People.Secrets;

namespace Watchbill.People.SecondFactors;

/// <summary>
/// Codes on paper for the day when the app is lost: each works once. Twenty-four characters of an alphabet of 32 hold 120 bits, so a digest of one round keeps them.
/// </summary>
internal static class RecoveryCodes
{
    /// <summary>How many somebody gets.</summary>
    public const int Count = 10;

    private const int Length = 24;
    private const int Group = 4;

    /// <summary>Without what is taken for something else when written by hand: i, l, o, and u.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>New ones, in groups of four.</summary>
    public static IReadOnlyList<string> Create() => [.. Enumerable.Range(0, Count).Select(static _ => Grouped(RandomNumberGenerator.GetString(Alphabet, Length)))];

    /// <summary>What is stored of one, however it was typed; null when it cannot be one.</summary>
    /// <param name="typed">Without spaces and dashes.</param>
    public static string? DigestOf(string typed)
    {
        var code = typed.ToLowerInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) ? SecretText.Digest(code) : null;
    }

    private static string Grouped(string code) => string.Join('-', code.Chunk(Group).Select(static part => new string(part)));
}
