using System.CommandLine;
using Watchbill.Cli.Input;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connectors rotate-token</c></summary>
internal sealed class RotateTokenCommand(TokenSource token)
{
    private readonly Argument<string?> _connector = ConnectorsCommand.Argument();

    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("rotate-token", "Give a connector a new token; what was read with the old one stays")
        {
            Examples = ["./watchbill connectors rotate-token acme --token-file new-token.txt"],
        };
        var self = new RotateTokenCommand(new TokenSource(command));
        command.Add(self._connector);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await context.ConnectorAsync(context.Value(_connector), cancellationToken);
        if (!found.Succeeded)
        {
            return context.Refuse(found.Refusal!);
        }

        var secret = await token.ReadAsync(context, cancellationToken);
        var rotated = await context.Watchbill.RotateTokenAsync(found.Value, secret, cancellationToken);
        if (!rotated.Succeeded)
        {
            return context.Refuse(rotated.Refusal!);
        }

        context.Say($"{rotated.Value.Name} now uses {ConnectorsCommand.Token(rotated.Value)}. Try it with: watchbill sync");
        return ExitCode.Ok;
    }
}
