using System.Text;
using System.Text.RegularExpressions;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Documentation;

/// <summary>A command line that the documentation shows in a block of code.</summary>
/// <param name="Page">Where.</param>
/// <param name="Line">On which line.</param>
/// <param name="Words">What comes after the program's name.</param>
/// <param name="File">Where its output goes; null for the terminal.</param>
internal sealed partial record DocumentedCommand(string Page, int Line, IReadOnlyList<string> Words, string? File)
{
    /// <summary>All of them, page by page, in the order in which a reader meets them.</summary>
    public static IReadOnlyList<DocumentedCommand> All { get; } = [.. Pages().SelectMany(Of)];

    public override string ToString() => $"{Page}:{Line}: watchbill {string.Join(' ', Words)}";

    private static IEnumerable<string> Pages() =>
        ((IEnumerable<string>)["README.md", "SECURITY.md", "CONTRIBUTING.md"]).Select(static name => Path.Combine(SourceTree.Root, name))
        .Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories).Where(static path => !path.Contains("reference", StringComparison.Ordinal)))
        .Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "README.md", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<DocumentedCommand> Of(string path)
    {
        var lines = System.IO.File.ReadAllLines(path);
        var isCode = false;
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (isCode && Program().Match(lines[at]) is { Success: true } found)
            {
                var words = Split(found.Groups[1].Value);
                var redirect = words.IndexOf(">");
                yield return new DocumentedCommand(
                    Path.GetRelativePath(SourceTree.Root, path), at + 1, redirect < 0 ? words : words[..redirect], redirect < 0 ? null : words[redirect + 1]);
            }
        }
    }

    /// <summary>As a shell splits: blanks, quotes, and a comment ends it.</summary>
    private static List<string> Split(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var (isQuoted, hasWord) = (false, false);
        foreach (var letter in text)
        {
            if (letter == '#' && !isQuoted && !hasWord)
            {
                break;
            }

            if (letter == '"')
            {
                (isQuoted, hasWord) = (!isQuoted, true);
            }
            else if (letter == ' ' && !isQuoted)
            {
                Take();
            }
            else
            {
                word.Append(letter);
                hasWord = true;
            }
        }

        Take();
        return words;

        void Take()
        {
            if (hasWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            hasWord = false;
        }
    }

    [GeneratedRegex(@"^\s*(?:\./)?watchbill\s+(.+)$")]
    private static partial Regex Program();
}
