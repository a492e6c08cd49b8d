namespace Watchbill.Cli.Output;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The candidate with the fewest edits to the word; null when none is near enough to be worth saying.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        var (candidate, distance) = candidates
            .Where(static candidate => candidate.Length <= LongestWord)
            .Select(candidate => (candidate, Distance: Edits(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .DefaultIfEmpty((candidate: "", Distance: int.MaxValue))
            .MinBy(static pair => pair.Distance);
        return distance <= Math.Max(1, word.Length / 3) ? candidate : null;
    }

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substitution = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
