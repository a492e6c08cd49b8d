using System.Text;
using Watchbill.Terraform.Resources;
using Watchbill.Testing;

namespace Watchbill.Terraform.Tests;

/// <summary>The provider's documentation, in the layout of Terraform's registry, is what its schemas say.</summary>
public sealed class DocumentationTests
{
    private static readonly string Root = Path.Combine(SourceTree.Root, "src", "Watchbill.Terraform");

    [Fact]
    public void Documentation_is_what_the_schemas_say()
    {
        List<string> stale = [];
        foreach (var (path, text) in Pages())
        {
            var file = Path.Combine(Root, path);
            if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }

            if (!File.Exists(file) || File.ReadAllText(file) != text)
            {
                stale.Add(path);
            }
        }

        Assert.True(stale.Count == 0, $"These pages are not what the schemas say now: {string.Join(", ", stale)}. Run this test with ACCEPT_SNAPSHOTS=1 and look at the difference.");
    }

    private static IEnumerable<(string Path, string Text)> Pages()
    {
        yield return ("docs/index.md", Page("watchbill Provider", "", ProviderService.Definition, "provider/provider.tf", "## Schema"));
        foreach (var resource in ProviderService.AllResources)
        {
            yield return ($"docs/resources/{Short(resource.TypeName)}.md", Page($"{resource.TypeName} Resource", resource.TypeName, resource.Definition, $"resources/{resource.TypeName}/resource.tf", "## Schema"));
        }

        foreach (var source in ProviderService.AllDataSources)
        {
            yield return ($"docs/data-sources/{Short(source.TypeName)}.md", Page($"{source.TypeName} Data Source", source.TypeName, source.Definition, $"data-sources/{source.TypeName}/data-source.tf", "## Schema"));
        }
    }

    private static string Short(string type) => type["watchbill_".Length..];

    private static string Page(string title, string type, Definition definition, string example, string heading)
    {
        var page = new StringBuilder();
        page.Append($"---\npage_title: \"{title}\"\ndescription: |-\n  {definition.Description}\n---\n\n# {(type.Length == 0 ? "watchbill Provider" : type)}\n\n{definition.Description}\n\n## Example Usage\n\n");
        page.Append($"```terraform\n{File.ReadAllText(Path.Combine(Root, "examples", example)).Trim()}\n```\n\n{heading}\n");
        foreach (var (name, uses) in ((string, AttributeUse[])[])[("Required", [AttributeUse.Required]), ("Optional", [AttributeUse.Optional, AttributeUse.OptionalComputed]), ("Read-Only", [AttributeUse.Computed])])
        {
            var attributes = definition.Attributes.Where(attribute => uses.Contains(attribute.Use)).OrderBy(static attribute => attribute.Name, StringComparer.Ordinal).ToList();
            if (attributes.Count > 0)
            {
                page.Append($"\n### {name}\n\n");
                page.AppendJoin("", attributes.Select(static attribute => Line(attribute, "")));
            }
        }

        var import = Path.Combine(Root, "examples", Path.GetDirectoryName(example)!, "import.sh");
        if (File.Exists(import))
        {
            page.Append($"\n## Import\n\n```shell\n{File.ReadAllText(import).Trim()}\n```\n");
        }

        return page.ToString();
    }

    private static string Line(AttributeDefinition attribute, string indent) =>
        $"{indent}- `{attribute.Name}` ({(indent.Length == 0 ? "" : $"{attribute.Use}, ")}{TypeWord(attribute)}) {attribute.Description}{(attribute.Replaces ? " Another value needs another one: it is replaced." : "")}\n"
        + string.Concat(attribute.Parts.Select(part => Line(part, indent + "  ")));

    private static string TypeWord(AttributeDefinition attribute) => (attribute.Type switch
    {
        AttributeDefinition.Text => "String",
        AttributeDefinition.Number => "Number",
        AttributeDefinition.Truth => "Boolean",
        AttributeDefinition.Texts => "Set of String",
        AttributeDefinition.TextsInOrder => "List of String",
        AttributeDefinition.Part => "Attributes",
        AttributeDefinition.PartsInOrder => "Attributes List",
        _ => "List of Object",
    }) + (attribute.IsSensitive ? ", Sensitive" : "");
}
