namespace Watchbill.Cli.Output;

/// <summary>Lists in sentences, and counted nouns.</summary>
internal static class Listing
{
    /// <summary>"a, b or c".</summary>
    public static string Or(IReadOnlyList<string> words) => Join(words, "or");

    /// <summary>"a, b and c".</summary>
    public static string And(IReadOnlyList<string> words) => Join(words, "and");

    /// <summary>"1 team", "2 teams", "1,204 pairs".</summary>
    public static string Count(long count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";

    private static string Join(IReadOnlyList<string> words, string last) => words switch
    {
        [] => "",
        [var only] => only,
        _ => $"{string.Join(", ", words.Take(words.Count - 1))} {last} {words[^1]}",
    };
}
