using System.CommandLine;
using Watchbill.Cli.Output;

namespace Watchbill.Cli;

/// <summary>Says what is wrong with a command line: one sentence, and where the help is.</summary>
internal static class ParseComplaint
{
    public static ExitCode Print(ParseResult parsed, Terminal terminal)
    {
        terminal.Error.WriteLine(PrintableText.Of(Shorten(Sentence(parsed))));
        terminal.Error.WriteLine($"See: {CommandPath.Of(parsed.CommandResult.Command)} --help");
        return ExitCode.BadInput;
    }

    private static string Sentence(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var stranger, ..])
        {
            return Stranger(command, stranger);
        }

        var isGroup = command.Subcommands.Count > 0 && command.Action is null;
        return isGroup ? $"Say which: {Listing.Or(Names(command))}." : parsed.Errors[0].Message;
    }

    private static string Stranger(Command command, string word)
    {
        var known = word.StartsWith('-') ? Options(command) : Names(command);
        var suggestion = Nearest.To(word, known) is { } nearest ? $" Did you mean {nearest}?" : "";
        return word.StartsWith('-') ? $"There is no option '{word}' here.{suggestion}"
            : command.Subcommands.Count > 0 ? $"There is no command '{word}' here.{suggestion}"
            : $"'{word}' is one argument too many; put names with spaces into quotes.";
    }

    private static List<string> Names(Command command) => [.. command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)];

    private static List<string> Options(Command command) =>
    [
        .. CommandPath.Lineage(command)
            .SelectMany(level => level.Options.Where(option => level == command || option.Recursive))
            .Where(static option => !option.Hidden)
            .Select(static option => option.Name),
    ];

    private static string Shorten(string sentence) => sentence.Length <= 600 ? sentence : string.Concat(sentence.AsSpan(0, 300), " ... ", sentence.AsSpan(sentence.Length - 200));
}
