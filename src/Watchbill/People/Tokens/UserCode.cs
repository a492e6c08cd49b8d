using System.Security.Cryptography;

namespace Watchbill.People.Tokens;

/// <summary>The code that a person reads on a device and types in the console: eight consonants, which spell no words and are not mistaken for digits.</summary>
internal static class UserCode
{
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Length = 8;
    private const int LongestInput = 40;

    /// <summary>A new code, as it is stored.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>As people read it.</summary>
    public static string Show(string code) => $"{code[..4]}-{code[4..]}";

    /// <summary>What somebody typed, as it is stored: case, spaces and dashes do not matter; null when it cannot be a code.</summary>
    public static string? Parse(string? typed)
    {
        if (typed is null or { Length: > LongestInput })
        {
            return null;
        }

        var code = string.Concat(typed.ToUpperInvariant().Where(static letter => letter is not (' ' or '-')));
        return code.Length == Length && code.All(Letters.Contains) ? code : null;
    }
}
