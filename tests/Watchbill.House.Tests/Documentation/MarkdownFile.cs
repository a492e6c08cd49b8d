using System.Text.RegularExpressions;

namespace Watchbill.House.Tests.Documentation;

/// <summary>A Markdown page: its headings' anchors and its links, code left out.</summary>
internal sealed partial class MarkdownFile
{
    public MarkdownFile(string path)
    {
        Path = path;
        var text = Fence().Replace(RepositoryFiles.Read(path), "");
        Anchors = [.. Heading().Matches(text).Select(match => Anchor(match.Groups["text"].Value))];
        Links = [.. Link().Matches(InlineCode().Replace(text, "")).Select(match => match.Groups["target"].Value)];
    }

    public static IEnumerable<MarkdownFile> All =>
        RepositoryFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Select(path => new MarkdownFile(path));

    public string Path { get; }

    public IReadOnlyList<string> Anchors { get; }

    public IReadOnlyList<string> Links { get; }

    /// <summary>The anchor that code hosts give a heading.</summary>
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^(?<fence>```|~~~).*?^\k<fence>\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^#{1,6} +(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchor();
}
