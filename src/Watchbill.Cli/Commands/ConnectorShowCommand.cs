using System.CommandLine;
using Watchbill.Access;
using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connectors show</c>: a connector, what it cannot see, and how each scope stands.</summary>
internal sealed class ConnectorShowCommand
{
    private static readonly IReadOnlyList<Column<ScopeState>> Columns =
    [
        new("scope", "Scope", static state => state.Scope),
        new("rows", "Rows", static state => state.RowCount),
        new("lastComplete", "Read completely", static state => state.LastCompleteAt),
        new("staleSince", "Stale since", static state => state.StaleSince),
        new("reason", "Why", static state => state.StaleReason),
    ];

    private readonly Argument<string?> _connector = ConnectorsCommand.Argument();

    public static Command Create(CommandHost host)
    {
        var self = new ConnectorShowCommand();
        return host.Handle(new DocumentedCommand("show", "A connector, what it cannot see, and how each scope stands") { self._connector }, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await context.ConnectorAsync(context.Value(_connector), cancellationToken);
        if (!found.Succeeded)
        {
            return context.Refuse(found.Refusal!);
        }

        var connector = found.Value;
        var scopes = await context.Watchbill.ScopeStatesAsync(connector, cancellationToken);
        return scopes.Refusal is { } refusal ? context.Refuse(refusal) : context.Show(new Sheet<ScopeState>(Columns, scopes.Value)
        {
            Headline = Headline(connector),
            Notes = [.. connector.BlindSpots.Select(static blindSpot => $"Not visible: {blindSpot}")],
            About =
            [
                ("id", connector.Id.Value),
                ("name", connector.Name),
                ("application", connector.Application),
                ("address", connector.Address.ToString()),
                ("organization", connector.OrganizationSlug),
                ("token", ConnectorsCommand.Token(connector)),
                ("budgetShare", connector.BudgetShare),
                ("allowPrivateNetworks", connector.AllowPrivateNetworks),
                ("state", Word.Of(connector.State)),
                ("stateReason", connector.StateReason),
                ("stateSince", connector.StateSince),
                ("failedRuns", connector.FailedRuns),
                ("schedule", connector.Schedule.Text),
                ("createdAt", connector.CreatedAt),
                ("blindSpots", connector.BlindSpots.ToArray()),
            ],
        });
    }

    private static string Headline(Connector connector)
    {
        var reason = connector.StateReason is { } text ? $" ({text.TrimEnd('.')})" : "";
        return $"{connector.Name}: {connector.OrganizationSlug} at {connector.Address}, {Word.Of(connector.State)}{reason} since "
            + $"{((Cell)connector.StateSince).ForPeople()} UTC; {ConnectorsCommand.Token(connector) ?? "no token"}; uses up to {connector.BudgetShare:P0} of the rate limit.";
    }
}
