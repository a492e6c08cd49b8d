using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Watchbill.Cli.Output;

namespace Watchbill.Cli;

/// <summary>
/// The help of a command. Written here rather than by the library so that the commands come first and the global options do not
/// drown those of the command.
/// </summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Width = 118;
    private const int LongestName = 34;

    public override bool ClearsParseErrors => true;

    /// <summary>Puts this page behind <c>--help</c> and <c>-h</c>.</summary>
    public static void Attach(RootCommand root)
    {
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", "-h") { Description = "Show this help", Action = new HelpPage() });
    }

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return (int)ExitCode.Ok;
    }

    public static void Write(Command command, TextWriter output)
    {
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine($"Usage: {CommandPath.Of(command)}{Usage(command)}");
        Section(output, "Commands", command.Subcommands.Where(static child => !child.Hidden).Select(static child => (Name(child), child.Description ?? "")));
        Section(output, "Arguments", command.Arguments.Select(static argument => ($"<{argument.Name}>", argument.Description ?? "")));
        Section(output, "Options", command.Options.Where(option => IsOwn(command, option)).Select(Line));
        if (command is DocumentedCommand { Examples: [_, ..] examples })
        {
            Section(output, "Examples", examples.Select(static example => (example, "")));
        }

        WriteEnd(command, output);
    }

    private static void WriteEnd(Command command, TextWriter output)
    {
        if (command is RootCommand)
        {
            Section(output, "Global options", command.Options.Where(static option => !option.Hidden).Select(Line));
            Section(output, "Exit codes", ExitCodes.All.Select(static end => ($"{(int)end.Code}", end.Meaning)));
            output.WriteLine();
            output.WriteLine("Listings from stale scopes end with 0 and a warning on stderr; --require-complete makes that 6.");
            output.WriteLine("Help of a command: watchbill <command> --help");
        }
        else
        {
            output.WriteLine();
            output.WriteLine("Global options (--output json, --connector, --database, ...) and exit codes: watchbill --help");
        }
    }

    private static bool IsOwn(Command command, Option option) => command is not RootCommand && !option.Hidden;

    private static string Usage(Command command)
    {
        var arguments = command.Arguments.Select(static argument => " " + Placeholder(argument));
        return (command.Subcommands.Any(static child => !child.Hidden) && (command.Action is null || command is RootCommand) ? " <command>" : "") + string.Concat(arguments) + " [options]";
    }

    private static string Placeholder(Argument argument) => argument.Arity.MinimumNumberOfValues == 0 ? $"[<{argument.Name}>]" : $"<{argument.Name}>";

    private static string Name(Command command) => string.Join(' ', command.Arguments.Select(static argument => Placeholder(argument)).Prepend(command.Name));

    private static (string Name, string Text) Line(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(static name => name.Length));
        var value = option.HelpName is { } help ? $" <{help}>" : "";
        return (names + value, option.Description + (option.Required ? " (required)" : ""));
    }

    private static void Section(TextWriter output, string title, IEnumerable<(string Name, string Text)> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"{title}:");
        var indent = Math.Min(LongestName, all.Max(static line => line.Name.Length)) + 2;
        foreach (var (name, text) in all)
        {
            WriteLine(output, name, text, indent);
        }
    }

    private static void WriteLine(TextWriter output, string name, string text, int indent)
    {
        var paragraphs = Wrapping.Wrap(text, Width - indent - 2);
        var first = name.Length + 2 <= indent ? name.PadRight(indent) + (paragraphs is [var start, ..] ? start : "") : name;
        output.WriteLine($"  {first}".TrimEnd());
        foreach (var line in name.Length + 2 <= indent ? paragraphs.Skip(1) : paragraphs)
        {
            output.WriteLine(new string(' ', indent + 2) + line);
        }
    }
}
