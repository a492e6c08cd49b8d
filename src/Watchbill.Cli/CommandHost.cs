using System.CommandLine;

namespace Watchbill.Cli;

/// <summary>What the commands are built with: the terminal, the global options, and the way from a parsed line to a run.</summary>
internal sealed class CommandHost(Terminal terminal)
{
    public Terminal Terminal => terminal;

    public GlobalOptions Global { get; } = new();

    /// <summary>Makes the command run <paramref name="run"/> in a context of its own, which ends with it.</summary>
    public Command Handle(Command command, Func<CommandContext, CancellationToken, Task<ExitCode>> run)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = new CommandContext(terminal, Global, parsed);
            return (int)await run(context, cancellationToken);
        });
        return command;
    }
}
