using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connectors</c></summary>
internal static class ConnectorsCommand
{
    private static readonly IReadOnlyList<Column<Connector>> Columns =
    [
        new("id", "No.", static connector => connector.Id.Value),
        new("name", "Name", static connector => connector.Name),
        new("application", "Application", static connector => connector.Application) { IsOptional = true },
        new("state", "State", static connector => Word.Of(connector.State)),
        new("since", "Since", static connector => connector.StateSince) { IsOptional = true },
        new("reason", "Reason", static connector => connector.StateReason),
        new("address", "Address", static connector => connector.Address.ToString()),
        new("organization", "Organization", static connector => connector.OrganizationSlug),
        new("token", "Token", static connector => Token(connector)) { IsOptional = true },
    ];

    public static Command Create(CommandHost host) => new DocumentedCommand("connectors", "The connections to Sentry organizations")
    {
        host.Handle(new DocumentedCommand("list", "List connectors"), ListAsync),
        ConnectorShowCommand.Create(host),
        ConnectorEditCommand.Create(host),
        ConnectorChangeCommands.Pause(host),
        ConnectorChangeCommands.Resume(host),
        RotateTokenCommand.Create(host),
        ConnectorRemoveCommand.Create(host),
    };

    /// <summary>The argument that names a connector; may be left out when there is only one.</summary>
    public static Argument<string?> Argument() => new Argument<string?>("connector")
    {
        Description = "Name or number; may be left out when there is only one",
        Arity = ArgumentArity.ZeroOrOne,
    }.WithText("connector", TextRules.Name);

    /// <summary>The token's kind and last four characters.</summary>
    public static string? Token(Connector connector) => connector.TokenKind is null ? null : $"{connector.TokenKind} ...{connector.TokenLastFour}";

    private static async Task<ExitCode> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connectors = await context.Watchbill.ConnectorsAsync(cancellationToken);
        return connectors.Refusal is { } refusal
            ? context.Refuse(refusal)
            : context.Show(new Sheet<Connector>(Columns, connectors.Value) { WhenEmpty = "Nothing is connected yet. Connect a Sentry with: watchbill connect." });
    }
}
