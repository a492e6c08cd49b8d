namespace Watchbill.Cli.Output;

/// <summary>Breaks sentences into lines at spaces.</summary>
internal static class Wrapping
{
    /// <summary>Lines of at most <paramref name="width"/> characters; a longer word has its own line.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        return line.Length == 0 ? lines : [.. lines, line];
    }
}
