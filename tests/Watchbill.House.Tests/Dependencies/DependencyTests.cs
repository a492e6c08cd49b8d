using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Watchbill.House.Tests.Dependencies;

/// <summary>What the product is made of besides itself, under which licences; as a page, and as a bill of materials in CycloneDX form.</summary>
public sealed class DependencyTests
{
    private const string Page = "docs/reference/dependencies.md";

    /// <summary>Names a file to write the bill of materials to; <c>eng/sbom</c> sets it.</summary>
    private const string Target = "WATCHBILL_SBOM";

    /// <summary>Licences that let everybody use, change and pass on, and ask for no more than a notice. A package that offers several is taken under one of these.</summary>
    private static readonly string[] Permitted = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0", "PostgreSQL", "Unlicense", "0BSD"];

    [Fact]
    public void Every_package_has_a_licence_that_is_permitted() =>
        Violations.None(Packages().Where(static package => !package.Licence.Split(" OR ").Intersect(Permitted).Any()).Select(static package => $"{package.Name} {package.Version}: {package.Licence}"), "Choose packages with other licences.");

    [Fact]
    public void The_page_of_dependencies_is_what_the_lock_files_say()
    {
        var text = "# Dependencies\n\nEvery package that ends up in what is published, from the lock files; made by a test (`ACCEPT_SNAPSHOTS=1`). `eng/sbom FILE` writes the same as a bill of materials (CycloneDX 1.6, JSON).\n\n"
            + "| Package | Version | Licence | Used by us |\n|---|---|---|---|\n"
            + string.Concat(Packages().Select(static package => $"| {package.Name} | {package.Version} | {package.Licence} | {(package.IsDirect ? "directly" : "through others")} |\n"));
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(RepositoryFiles.FullPath(Page), text);
        }

        Assert.True(File.Exists(RepositoryFiles.FullPath(Page)) && RepositoryFiles.Read(Page) == text, $"{Page} is not what the lock files say now. Run this test with ACCEPT_SNAPSHOTS=1 and look at the difference.");
    }

    [Fact]
    public void The_bill_of_materials_names_every_package_with_licence_and_hash()
    {
        var bill = Bill();

        var components = bill["components"]!.AsArray();
        Assert.Equal(Packages().Count, components.Count);
        Assert.All(components, static component =>
        {
            Assert.StartsWith("pkg:nuget/", $"{component!["purl"]}", StringComparison.Ordinal);
            Assert.Equal(128, $"{component["hashes"]![0]!["content"]}".Length);
            Assert.NotNull(component["licenses"]![0]!["expression"]);
        });
        if (Environment.GetEnvironmentVariable(Target) is { Length: > 0 } file)
        {
            File.WriteAllText(file, bill.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        }
    }

    private static JsonObject Bill() => new()
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["metadata"] = new JsonObject { ["component"] = new JsonObject { ["type"] = "application", ["name"] = "watchbill", ["licenses"] = Licences("Apache-2.0") } },
        ["components"] = new JsonArray([.. Packages().Select(static package => new JsonObject
        {
            ["type"] = "library",
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["purl"] = $"pkg:nuget/{package.Name}@{package.Version}",
            ["licenses"] = Licences(package.Licence),
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(package.Hash)) }),
        })]),
    };

    private static JsonArray Licences(string expression) => new(new JsonObject { ["expression"] = expression });

    private static IReadOnlyList<Package> Packages() =>
    [
        .. RepositoryFiles.Under("src", "packages.lock.json").SelectMany(Read).GroupBy(static package => (package.Name, package.Version))
            .Select(static group => group.First() with { IsDirect = group.Any(static package => package.IsDirect) })
            .OrderBy(static package => package.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static package => package.Version, StringComparer.Ordinal),
    ];

    private static IEnumerable<Package> Read(string lockFile)
    {
        using var json = JsonDocument.Parse(RepositoryFiles.Read(lockFile));
        foreach (var entry in json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(static framework => framework.Value.EnumerateObject()))
        {
            if (entry.Value.GetProperty("type").GetString() is not "Project" and { } type)
            {
                var version = entry.Value.GetProperty("resolved").GetString()!;
                yield return new Package(entry.Name, version, LicenceOf(entry.Name, version), type == "Direct", entry.Value.GetProperty("contentHash").GetString()!);
            }
        }
    }

    /// <summary>As the package itself says, where it was restored to.</summary>
    private static string LicenceOf(string name, string version)
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = Path.Combine(root, name.ToLowerInvariant(), version.ToLowerInvariant());
        var metadata = XDocument.Load(Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec")).Descendants().First(static element => element.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(static element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value switch
        {
            "expression" => licence.Value,
            "file" when File.ReadLines(Path.Combine(folder, licence.Value)).First().Trim() is "MIT License" => "MIT",
            _ => metadata.Elements().FirstOrDefault(static element => element.Name.LocalName == "licenseUrl")?.Value ?? "none",
        };
    }

    private sealed record Package(string Name, string Version, string Licence, bool IsDirect, string Hash);
}
