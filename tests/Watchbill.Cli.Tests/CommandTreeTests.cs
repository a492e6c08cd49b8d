namespace Watchbill.Cli.Tests;

/// <summary>How a line finds its command.</summary>
public sealed class CommandTreeTests
{
    private static readonly Terminal Silent = new() { Input = TextReader.Null, Output = TextWriter.Null, Error = TextWriter.Null };

    [Fact]
    public void A_line_that_begins_with_a_command_makes_that_one_and_no_other()
    {
        var all = new CommandTree(Silent, []).Root.Subcommands.Select(static command => command.Name).ToList();

        Assert.True(all.Count > 30, "The commands were not found.");
        Assert.All(all, static name => Assert.Equal(name, Assert.Single(new CommandTree(Silent, [name, "--help"]).Root.Subcommands).Name));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--verbose", "access", "who")]
    [InlineData("acess", "who")]
    [InlineData("[suggest:12]", "watchbill acc")]
    public void Any_other_line_makes_all_of_them(params string[] line) =>
        Assert.Equal(new CommandTree(Silent, []).Root.Subcommands.Count, new CommandTree(Silent, line).Root.Subcommands.Count);
}
