using System.Text.Json;

namespace Watchbill.Kernel;

/// <summary>How members of enums are written outside, in addresses, JSON, files and on command lines: <c>InvitationExpired</c> is <c>invitation-expired</c>.</summary>
public static class Word
{
    /// <summary>The word for a member.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    /// <summary>The member that a word names; null for null and for words that name none.</summary>
    public static T? Parse<T>(string? word)
        where T : struct, Enum => word is not null && Words<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(static value => value, static value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(static entry => entry.Value, static entry => entry.Key, StringComparer.Ordinal);
    }
}
