using Watchbill.House.Tests.Architecture;

namespace Watchbill.House.Tests.Documentation;

/// <summary>Documentation that exists where it must, and whose links lead somewhere.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Every_link_inside_the_repository_leads_to_a_file_and_a_heading()
    {
        var pages = MarkdownFile.All.ToDictionary(page => page.Path);
        var broken = from page in pages.Values
                     from link in page.Links
                     where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
                     where !Resolves(page, link, pages)
                     select $"{page.Path} -> {link}";

        Violations.None(broken, "These links lead nowhere.");
    }

    [Fact]
    public void Every_feature_has_a_README()
    {
        var present = Blueprint.Features.Where(feature => RepositoryFiles.Under($"src/Watchbill/{feature}", ".cs").Any());

        Violations.None(present.Select(feature => $"src/Watchbill/{feature}/README.md").Except(RepositoryFiles.All), "Write these: what the feature promises, its states, what happens on failure.");
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("LICENSE")]
    public void The_repository_has_the_page(string path) => Assert.Contains(path, RepositoryFiles.All);

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_dated()
    {
        var decisions = RepositoryFiles.Under("docs/decisions", ".md").Where(path => !path.EndsWith("README.md", StringComparison.Ordinal)).ToList();

        Assert.Equal(Enumerable.Range(1, decisions.Count), decisions.Select(path => int.Parse(Path.GetFileName(path).AsSpan(0, 4))));
        Assert.All(decisions, path => Assert.Matches(@"\nDate: \d{4}-\d{2}-\d{2}\. Status: ", RepositoryFiles.Read(path)));
    }

    private static bool Resolves(MarkdownFile page, string link, Dictionary<string, MarkdownFile> pages)
    {
        var parts = link.Split('#', 2);
        var folder = Path.GetDirectoryName(page.Path) ?? "";
        var path = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(RepositoryFiles.Root, Path.GetFullPath(Path.Combine(folder, parts[0]), RepositoryFiles.Root));
        var exists = RepositoryFiles.All.Contains(path) || Directory.Exists(RepositoryFiles.FullPath(path));
        return exists && (parts.Length == 1 || (pages.TryGetValue(path, out var target) && target.Anchors.Contains(parts[1])));
    }
}
