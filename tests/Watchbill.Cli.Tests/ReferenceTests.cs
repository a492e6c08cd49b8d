using System.CommandLine;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests;

/// <summary>docs/reference/cli.md is the help of every command, as the program prints it.</summary>
public sealed class ReferenceTests
{
    private const string Introduction = """
        # Command line

        Generated from the commands' own help; `ACCEPT_SNAPSHOTS=1` on the tests of the command line writes it anew.
        Data goes to standard output, everything else (progress, warnings, freshness, errors) to standard error.

        """;

    [Fact]
    public void The_reference_is_what_the_help_says()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "reference", "cli.md");
        var text = Generate();
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, "docs/reference/cli.md is not what --help says now. Run this test with ACCEPT_SNAPSHOTS=1 and look at the difference.");
    }

    [Fact]
    public void The_schema_of_configuration_is_what_the_program_writes()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "reference", "watchbill.schema.json");
        var text = Declared.DeclarationSchema.Text();
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, "docs/reference/watchbill.schema.json is not what export --schema writes now. Run this test with ACCEPT_SNAPSHOTS=1 and look at the difference.");
    }

    [Fact]
    public void Every_command_and_option_explains_itself()
    {
        var commands = All(Tree().Root).ToList();
        Assert.All(commands, command => Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name));
        Assert.All(commands.SelectMany(command => command.Options), option => Assert.True(option.Hidden || !string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(commands.SelectMany(command => command.Arguments), argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Fact]
    public void Every_example_is_a_line_that_parses()
    {
        var tree = Tree();
        foreach (var example in All(tree.Root).OfType<DocumentedCommand>().SelectMany(command => command.Examples).Where(example => example.StartsWith("./watchbill ", StringComparison.Ordinal)))
        {
            var words = example.Split(" > ")[0].Split(' ')[1..];
            Assert.True(tree.Parse(words).Errors.Count == 0, example);
        }
    }

    private static CommandTree Tree() => new(new Terminal { Input = TextReader.Null, Output = TextWriter.Null, Error = TextWriter.Null }, []);

    private static IEnumerable<Command> All(Command command) => command.Subcommands.Where(child => !child.Hidden).SelectMany(All).Prepend(command);

    private static string Generate()
    {
        using var page = new StringWriter { NewLine = "\n" };
        page.WriteLine(Introduction.ReplaceLineEndings("\n"));
        foreach (var command in All(Tree().Root))
        {
            page.WriteLine($"## {CommandPath.Of(command)}");
            page.WriteLine();
            page.WriteLine("```");
            HelpPage.Write(command, page);
            page.WriteLine("```");
            page.WriteLine();
        }

        return page.ToString().TrimEnd() + "\n";
    }
}
