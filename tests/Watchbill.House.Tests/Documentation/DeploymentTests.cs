using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Watchbill.House.Tests.Documentation;

/// <summary>What lies in <c>deploy/</c> names only what is there: settings, probes, ports, users.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string Sources = string.Join('\n', RepositoryFiles.Under("src", ".cs").Select(RepositoryFiles.Read));

    [Fact]
    public void Every_setting_that_is_named_is_one_that_the_product_reads()
    {
        foreach (var file in (IEnumerable<string>)[.. RepositoryFiles.Under("deploy", ""), .. RepositoryFiles.Under("docs/operations", ".md")])
        {
            var unknown = Setting().Matches(RepositoryFiles.Read(file)).Select(static match => match.Groups["name"].Value).Distinct()
                .Where(static name => name is not "HOST" && !Sources.Contains($"\"{name}\"", StringComparison.Ordinal) && !Sources.Contains($"\"WATCHBILL_{name}\"", StringComparison.Ordinal));
            Assert.True(!unknown.Any(), $"{Path.GetFileName(file)} names settings that nothing reads: {string.Join(", ", unknown)}");
        }
    }

    [Fact]
    public void Manifests_can_be_read_and_ask_for_health_where_it_is_told()
    {
        var pods = Parse("kubernetes.yaml").Select(static document => (YamlMappingNode)document.RootNode).ToList();
        Assert.Equal(["PersistentVolumeClaim", "Deployment", "Service", "PodDisruptionBudget"], pods.Select(static pod => $"{pod["kind"]}"));
        var container = (YamlMappingNode)pods[1]["spec"]["template"]["spec"]["containers"][0];
        foreach (var probe in (string[])["startup", "liveness", "readiness"])
        {
            Assert.Contains($"\"{container[$"{probe}Probe"]["httpGet"]["path"]}\"", Sources, StringComparison.Ordinal);
        }

        var services = (YamlMappingNode)Assert.Single(Parse("compose.yaml")).RootNode["services"];
        Assert.Equal(["database", "watchbill", "proxy"], services.Children.Keys.Select(static key => $"{key}"));
        Assert.Contains(":8484", $"{services["proxy"]["command"]}", StringComparison.Ordinal);
    }

    private static List<YamlDocument> Parse(string name)
    {
        var stream = new YamlStream();
        using var text = new StringReader(RepositoryFiles.Read($"deploy/{name}"));
        stream.Load(text);
        return [.. stream.Documents];
    }

    [GeneratedRegex(@"\bWATCHBILL_(?<name>[A-Z_]+[A-Z])\b")]
    private static partial Regex Setting();
}
