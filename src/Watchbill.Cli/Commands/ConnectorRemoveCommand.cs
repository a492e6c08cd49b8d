using System.CommandLine;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connectors remove</c></summary>
internal sealed class ConnectorRemoveCommand
{
    private readonly Argument<string?> _connector = ConnectorsCommand.Argument();
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it without asking" };

    public static Command Create(CommandHost host)
    {
        var self = new ConnectorRemoveCommand();
        var command = new DocumentedCommand("remove", "Forget a connector, its token and its run logs; what was known of access stays in the ledger");
        command.Add(self._connector);
        command.Add(self._yes);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await context.ConnectorAsync(context.Value(_connector), cancellationToken);
        if (!found.Succeeded)
        {
            return context.Refuse(found.Refusal!);
        }

        if (!context.Value(_yes))
        {
            context.Say($"Nothing was removed. To forget {found.Value.Name}, its token and its run logs, run it again with --yes.");
            return ExitCode.BadInput;
        }

        var removed = await context.Watchbill.RemoveAsync(found.Value, cancellationToken);
        if (!removed.Succeeded)
        {
            return context.Refuse(removed.Refusal!);
        }

        context.Say($"{removed.Value.Name} is removed. Revoke its token in Sentry too: Watchbill cannot do that.");
        return ExitCode.Ok;
    }
}
