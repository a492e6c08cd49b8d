using System.Xml.Linq;

namespace Watchbill.House.Tests.Architecture;

/// <summary>Which project may reference which. The client and the simulator stand alone: a wrong field name in one must fail against the other.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Watchbill.Sentry"] = [],
        ["Watchbill.Sentry.Simulator"] = [],
        ["Watchbill.Contracts"] = [],
        ["Watchbill"] = ["Watchbill.Sentry", "Watchbill.Contracts"],
        ["Watchbill.Console"] = ["Watchbill", "Watchbill.Contracts"],
        ["Watchbill.Assistants"] = ["Watchbill.Contracts"],
        ["Watchbill.Server"] = ["Watchbill", "Watchbill.Console", "Watchbill.Contracts", "Watchbill.Assistants"],
        ["Watchbill.Cli"] = ["Watchbill", "Watchbill.Server", "Watchbill.Contracts", "Watchbill.Assistants", "Watchbill.Sentry.Simulator"],
        ["Watchbill.Terraform"] = ["Watchbill.Contracts"],
    };

    public static TheoryData<string> SourceProjects => [.. RepositoryFiles.Under("src", ".csproj")];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_project_references_only_what_the_house_allows(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);

        Assert.True(Allowed.ContainsKey(name), $"{name} is not in the table of allowed references.");
        Violations.None(
            References(path, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include)).Except(Allowed[name]),
            $"{name} may not reference these projects.");
    }

    [Fact]
    public void The_client_needs_nothing_but_the_base_library()
    {
        var path = $"src/{Blueprint.Client}/{Blueprint.Client}.csproj";

        Assert.Empty(References(path, "PackageReference"));
        Assert.Empty(References(path, "FrameworkReference"));
    }

    [Fact]
    public void Versions_stand_only_in_the_central_file()
    {
        var versions = RepositoryFiles.All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(path => Elements(path, "PackageReference").Any(element => element.Attribute("Version") is not null));

        Violations.None(versions, "Put the versions into Directory.Packages.props.");
    }

    private static IEnumerable<string> References(string path, string kind) => Elements(path, kind).Select(element => element.Attribute("Include")!.Value);

    private static IEnumerable<XElement> Elements(string path, string kind) => XDocument.Load(RepositoryFiles.FullPath(path)).Descendants(kind);
}
