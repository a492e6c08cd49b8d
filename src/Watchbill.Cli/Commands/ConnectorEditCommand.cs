using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Places;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connectors edit</c>: changes what is decided about a connector; what is not named stays.</summary>
internal sealed class ConnectorEditCommand
{
    private readonly Argument<string?> _connector = ConnectorsCommand.Argument();
    private readonly Option<string?> _name = Names.Text("--name", "Another name", "name");
    private readonly Option<string?> _application = Names.Text("--application", "The application it stands for", "name");
    private readonly Option<string?> _schedule = Names.Text("--schedule", "When a server reads it: manual, live (as Sentry's audit log names changes), hourly, every-6-hours, daily-at-H, or cron:EXPRESSION, in UTC", "schedule");
    private readonly Option<double?> _share = Numbers.OptionalShare("--budget-share", "The share of Sentry's rate limit that a sync may use, 0.05 to 1");

    public static Command Create(CommandHost host)
    {
        var self = new ConnectorEditCommand();
        var command = new DocumentedCommand("edit", "Change a connector's name, application, schedule or share of the rate limit; what is not named stays")
        {
            Examples = ["./watchbill connectors edit acme --schedule hourly", "./watchbill connectors edit acme --name acme-eu --budget-share 0.5"],
        };
        command.Add(self._connector);
        foreach (var option in new Option[] { self._name, self._application, self._schedule, self._share })
        {
            command.Add(option);
        }

        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var change = new ConnectorChange(context.Value(_name), context.Value(_application), context.Value(_schedule), context.Value(_share));
        if (change == new ConnectorChange(null, null, null, null))
        {
            throw new BadInputException("Say what to change: --name, --application, --schedule or --budget-share.");
        }

        var found = await context.ConnectorAsync(context.Value(_connector), cancellationToken);
        var edited = found.Succeeded ? await context.Watchbill.EditAsync(found.Value, change, cancellationToken) : found;
        if (!edited.Succeeded)
        {
            return context.Refuse(edited.Refusal!);
        }

        context.Say($"{edited.Value.Name} is read {edited.Value.Schedule.Sentence}, with {edited.Value.BudgetShare:P0} of the rate limit.");
        return ExitCode.Ok;
    }
}
