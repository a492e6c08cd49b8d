using System.CommandLine;
using Watchbill.Cli.Places;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connectors pause</c> and <c>resume</c>.</summary>
internal static class ConnectorChangeCommands
{
    public static Command Pause(CommandHost host) => Change(
        host,
        "pause",
        "Let no sync start until it is resumed",
        static (watchbill, connector, ct) => watchbill.PauseAsync(connector, ct),
        static connector => $"{connector.Name} is paused.");

    public static Command Resume(CommandHost host) => Change(
        host,
        "resume",
        "Let syncs start again",
        static (watchbill, connector, ct) => watchbill.ResumeAsync(connector, ct),
        static connector => $"{connector.Name} is resumed. Read it with: watchbill sync");

    private static Command Change(
        CommandHost host,
        string name,
        string description,
        Func<IWatchbill, Connector, CancellationToken, Task<Result<Connector>>> change,
        Func<Connector, string> sentence)
    {
        var argument = ConnectorsCommand.Argument();
        return host.Handle(new DocumentedCommand(name, description) { argument }, async (context, cancellationToken) =>
        {
            var found = await context.ConnectorAsync(context.Value(argument), cancellationToken);
            var changed = found.Succeeded ? await change(context.Watchbill, found.Value, cancellationToken) : found;
            if (!changed.Succeeded)
            {
                return context.Refuse(changed.Refusal!);
            }

            context.Say(sentence(changed.Value));
            return ExitCode.Ok;
        });
    }
}
