using System.Text.RegularExpressions;

namespace Watchbill.House.Tests.Documentation;

/// <summary>What SECURITY.md says of tests is true: each threat names some, and each of them is there.</summary>
public sealed partial class SecurityTests
{
    private const string Page = "SECURITY.md";

    [Fact]
    public void Every_test_that_stands_against_a_threat_exists()
    {
        var tests = RepositoryFiles.Under("tests", ".cs").ToLookup(static path => System.IO.Path.GetFileNameWithoutExtension(path), RepositoryFiles.Read);
        var named = TestName().Matches(RepositoryFiles.Read(Page)).ToList();

        Assert.NotEmpty(named);
        Violations.None(
            named.Where(name => !tests[name.Groups["class"].Value].Any(text => text.Contains($" {name.Groups["method"].Value}(", StringComparison.Ordinal))).Select(static name => name.Value),
            "SECURITY.md names these tests, and they are not there.");
    }

    [Fact]
    public void Every_threat_names_a_test()
    {
        var threats = RepositoryFiles.Read(Page).Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Threat", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(threats);
        Violations.None(threats.Where(static line => !TestName().IsMatch(line)), "Say which test shows that something stands against these.");
    }

    [GeneratedRegex(@"`(?<class>[A-Z]\w*Tests)\.(?<method>\w+)`")]
    private static partial Regex TestName();
}
