namespace Watchbill.Compliance.CheckKinds;

/// <summary>Reads in Sentry's sentence about changed settings whether one of them protects less than before. In doubt it does.</summary>
internal static class LoweredSettings
{
    /// <summary>Settings that protect while they are off.</summary>
    private static readonly string[] GoodWhenOff = ["sharedissues", "openmembership", "joinrequests", "superuseraccess", "memberinvite"];

    /// <summary>Whether a sentence such as <c>edited the organization setting: require_2fa to False</c> lowers one of the watched settings.</summary>
    /// <param name="note">The sentence; null says nothing, and then anything may have happened.</param>
    /// <param name="watched">Parts of names of settings.</param>
    public static bool In(string? note, IReadOnlySet<string> watched)
    {
        if (note is null)
        {
            return true;
        }

        var list = note[(note.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return list.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static change => change.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.Length > 0 && Plain(words[0]) is var name && watched.Any(part => name.Contains(Plain(part), StringComparison.Ordinal)) && Lowers(name, words[^1]));
    }

    private static bool Lowers(string name, string now) => now.ToUpperInvariant() switch
    {
        "TRUE" => GoodWhenOff.Any(name.Contains),
        "FALSE" => !GoodWhenOff.Any(name.Contains),
        "MEMBER" => !name.Contains("role", StringComparison.Ordinal),
        _ => true,
    };

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
