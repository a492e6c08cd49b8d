using System.CommandLine;

namespace Watchbill.Cli;

/// <summary>What to type to reach a command.</summary>
internal static class CommandPath
{
    /// <summary>For example <c>watchbill access who</c>.</summary>
    public static string Of(Command command) => string.Join(' ', Lineage(command).Reverse().Select(static level => level is RootCommand ? "watchbill" : level.Name));

    /// <summary>The command, then its parents up to the root.</summary>
    public static IEnumerable<Command> Lineage(Command command)
    {
        for (Command? level = command; level is not null; level = level.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return level;
        }
    }
}
