using Watchbill.Testing;

namespace Watchbill.House.Tests.Documentation;

/// <summary>The README's figures are those of the last measurements. <c>ACCEPT_SNAPSHOTS=1</c> copies them after <c>bench/run</c> wrote new ones.</summary>
public sealed class FiguresTests
{
    private const string Begin = "<!-- figures, copied from bench/results*.md -->\n";
    private const string End = "<!-- end of figures -->";

    private static readonly (string Results, string Row, string Told)[] Quoted =
    [
        ("results", "First sync: requests", "First read of 10,000 members, 1,000 teams and 5,000 projects: requests to Sentry"),
        ("results", "First sync: time, whole process", "the same: time, bound by Sentry's limits"),
        ("results", "First sync: peak memory", "the same: memory"),
        ("results-50k", "First sync: time, whole process", "First read of 50,000 members, 5,000 teams and 20,000 projects: time"),
        ("results-50k", "First sync: peak memory", "the same: memory"),
        ("results", "Incremental sync without changes: requests", "A later read when nothing changed: requests"),
        ("results", "`access who` inside, half of all", "Who reaches a project, with every path"),
        ("results", "Server: tables, 99 of 100", "Tables of the console while a sync runs, 99 of 100"),
        ("results", "Server: member page, 99 of 100", "Page of a member, 99 of 100"),
        ("results", "Server: from start to first page", "From starting the server to its first page"),
        ("results-history", "who reached a project at an instant of the past, after 10,000 runs, half of all", "Who reached a project at an instant of the past, after 10,000 reads"),
        ("results-checks", "A run after which nothing changed", "All 94 checks over 10,000 members and 1,000,000 lines of Sentry's audit log"),
        ("results-load", "Pages, 99 of 100", "Pages for 500 people while 50 organizations are read, 99 of 100"),
        ("results-nodes", "Organizations that one core of PostgreSQL carries, read every hour", "Organizations, read every hour, for each core of PostgreSQL"),
    ];

    [Fact]
    public void The_README_quotes_the_last_measurements()
    {
        var path = Path.Combine(SourceTree.Root, "README.md");
        var readme = File.ReadAllText(path);
        var (begin, end) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= Begin.Length && end >= begin, "The README has no figures.");
        var meant = Table();
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, readme[..begin] + meant + readme[end..]);
            return;
        }

        Assert.Equal(meant, readme[begin..end]);
    }

    private static string Table() =>
        "| What | Measured | Held against | From |\n|---|---|---|---|\n"
        + string.Concat(Quoted.Select(static quote =>
        {
            var cells = CellsOf(quote.Results, quote.Row);
            return $"| {quote.Told} | {cells[2]} | {AgainstOf(cells)} | [{quote.Results}](bench/{quote.Results}.md) |\n";
        }));

    private static string[] CellsOf(string results, string row) =>
        File.ReadLines(Path.Combine(SourceTree.Root, "bench", $"{results}.md")).Where(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).FirstOrDefault(cells => cells[1] == row || cells[1].StartsWith($"{row}:", StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"bench/{results}.md has no row '{row}'.");

    /// <summary>A ratio to the ideal, or a limit in the unit of what was measured.</summary>
    private static string AgainstOf(string[] cells) =>
        cells is not [_, _, var measured, var ideal, var ratio, { Length: > 0 } target, ..] ? ""
        : ideal.Length > 0 ? $"{ratio} of the ideal, {ideal}; {target}"
        : measured.Split(' ') is [_, var unit] ? $"{target} {unit}" : target;
}
