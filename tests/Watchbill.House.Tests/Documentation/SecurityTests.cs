using System.Globalization;
using System.Text.RegularExpressions;

namespace Watchbill.House.Tests.Documentation;

/// <summary>What SECURITY.md and the answers to OWASP ASVS say of tests is true: each threat names some, each of them is there, and no requirement is left out.</summary>
public sealed partial class SecurityTests
{
    private const string Page = "SECURITY.md";
    private const string Requirements = "docs/operations/asvs.md";

    /// <summary>How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; those of level 3 come after them in each.</summary>
    private const string Sections =
        "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 "
        + "6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 "
        + "11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2";

    [Theory]
    [InlineData(Page)]
    [InlineData(Requirements)]
    public void Every_test_that_is_named_exists(string page)
    {
        var tests = RepositoryFiles.Under("tests", ".cs").ToLookup(static path => System.IO.Path.GetFileNameWithoutExtension(path), RepositoryFiles.Read);
        var named = TestName().Matches(RepositoryFiles.Read(page)).ToList();

        Assert.NotEmpty(named);
        Violations.None(
            named.Where(name => !tests[name.Groups["class"].Value].Any(text => text.Contains($" {name.Groups["method"].Value}(", StringComparison.Ordinal))).Select(static name => name.Value),
            $"{page} names these tests, and they are not there.");
    }

    [Fact]
    public void Every_requirement_of_level_two_is_answered_once()
    {
        var asked = Sections.Split(' ').Select(static section => section.Split(':')).SelectMany(static section => Enumerable.Range(1, int.Parse(section[1], CultureInfo.InvariantCulture)).Select(number => $"{section[0]}.{number}"));
        var rows = RepositoryFiles.Read(Requirements).Split('\n').Select(static line => AnswerRow().Match(line)).Where(static row => row.Success).ToList();

        Assert.Equal(asked.Order(StringComparer.Ordinal), rows.SelectMany(static row => row.Groups["ids"].Value.Split(", ")).SelectMany(Numbers).Order(StringComparer.Ordinal));
        Assert.Equal(
            Totals().Match(RepositoryFiles.Read(Requirements)).Groups["count"].Captures.Select(static count => count.Value),
            ((string[])["met", "partly", "not met", "operator", "does not apply"]).Select(answer => $"{rows.Where(row => row.Groups["answer"].Value == answer).Sum(static row => row.Groups["ids"].Value.Split(", ").SelectMany(Numbers).Count())}"));
    }

    [Fact]
    public void Every_threat_names_a_test()
    {
        var threats = RepositoryFiles.Read(Page).Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Threat", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(threats);
        Violations.None(threats.Where(static line => !TestName().IsMatch(line)), "Say which test shows that something stands against these.");
    }

    /// <summary>"1.2.1-1.2.3" is three of them.</summary>
    private static IEnumerable<string> Numbers(string range)
    {
        var ends = range.Split('-').Select(static id => id.Split('.')).ToList();
        var first = int.Parse(ends[0][2], CultureInfo.InvariantCulture);
        return Enumerable.Range(first, int.Parse(ends[^1][2], CultureInfo.InvariantCulture) - first + 1).Select(number => $"{ends[0][0]}.{ends[0][1]}.{number}");
    }

    [GeneratedRegex(@"^\| (?<ids>[0-9][0-9., -]*) \| (?<answer>met|partly|not met|operator|does not apply) \| \S")]
    private static partial Regex AnswerRow();

    [GeneratedRegex(@"\n(\| (?<count>[0-9]+) ){5}\|\n")]
    private static partial Regex Totals();

    [GeneratedRegex(@"`(?<class>[A-Z]\w*Tests)\.(?<method>\w+)`")]
    private static partial Regex TestName();
}
