using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill provisioning</c>: changes in Sentry, made once, read back and proven.</summary>
internal static class ProvisioningCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("provisioning", "Change access in Sentry: made once, read back and proven; off until switched on")
    {
        Status(host),
        On(host),
        Off(host),
        RequestChangeCommand.Create(host),
        List(host),
        One(host, "show", "A change, what was sent, and the proof", static (context, one) => context.Watchbill.Provisioning.FindAsync(one.Connector, one.Task, one.Stop)),
        One(host, "retry", "Try a change again whose cause is mended", static (context, one) => context.Watchbill.Provisioning.RetryAsync(one.Connector, one.Task, one.Stop)),
        One(host, "withdraw", "Take a change back that is not made yet", static (context, one) => context.Watchbill.Provisioning.WithdrawAsync(one.Connector, one.Task, one.Stop)),
    };

    private static Command Status(CommandHost host)
    {
        var argument = ConnectorsCommand.Argument();
        return host.Handle(new DocumentedCommand("status", "Whether changes may be made, and what the token can change; asks Sentry") { argument }, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(context.Value(argument), cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var abilities = await context.Watchbill.Provisioning.AbilitiesAsync(connector.Value, cancellationToken);
            return abilities.Succeeded ? context.Show(ProvisioningSheets.Abilities(connector.Value, abilities.Value)) : context.Refuse(abilities.Refusal!);
        });
    }

    private static Command On(CommandHost host)
    {
        var argument = ConnectorsCommand.Argument();
        var same = new Option<bool>("--same-token") { Description = "Make changes with the token that reads, instead of one of their own" };
        var command = new DocumentedCommand("on", "Let changes be made, with a token of their own that is tried out first")
        {
            Examples = ["./watchbill provisioning on acme --token-file owner-token.txt", "./watchbill provisioning on acme --same-token"],
        };
        var token = new TokenSource(command);
        command.Add(argument);
        command.Add(same);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(context.Value(argument), cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var secret = context.Value(same) ? null : await token.ReadAsync(context, cancellationToken);
            var abilities = await context.Watchbill.Provisioning.SwitchOnAsync(connector.Value, secret, cancellationToken);
            if (!abilities.Succeeded)
            {
                return context.Refuse(abilities.Refusal!);
            }

            var now = await context.ConnectorAsync(connector.Value.Name, cancellationToken);
            return context.Show(ProvisioningSheets.Abilities(now.Succeeded ? now.Value : connector.Value, abilities.Value));
        });
    }

    private static Command Off(CommandHost host)
    {
        var argument = ConnectorsCommand.Argument();
        return host.Handle(new DocumentedCommand("off", "Let no change be made any more, and forget the token for changes") { argument }, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(context.Value(argument), cancellationToken);
            if ((connector.Refusal ?? await context.Watchbill.Provisioning.SwitchOffAsync(connector.Value, cancellationToken)) is { } refusal)
            {
                return context.Refuse(refusal);
            }

            context.Say($"Watchbill changes nothing in {connector.Value.Name} any more.");
            return ExitCode.Ok;
        });
    }

    private static Command List(CommandHost host)
    {
        var state = new Option<ProvisioningState?>("--state") { Description = "Only changes in this state", HelpName = "state" }.AcceptingChoices(Enum.GetValues<ProvisioningState>());
        var limit = Numbers.Whole("--limit", "Show at most so many, newest first", 100, (1, 1000));
        return host.Handle(new DocumentedCommand("list", "Changes that were asked for, newest first") { state, limit }, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(null, cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var tasks = await context.Watchbill.Provisioning.ListAsync(connector.Value, context.Value(state), context.Value(limit), cancellationToken);
            return tasks.Succeeded ? context.Show(ProvisioningSheets.Tasks(tasks.Value)) : context.Refuse(tasks.Refusal!);
        });
    }

    private static Command One(CommandHost host, string name, string description, Func<CommandContext, OneTask, Task<Result<ProvisioningTask>>> ask)
    {
        var id = new Argument<long>("change") { Description = "The number of the change" };
        return host.Handle(new DocumentedCommand(name, description) { id }, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(null, cancellationToken);
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var task = await ask(context, new OneTask(connector.Value, new ProvisioningTaskId(context.Value(id)), cancellationToken));
            return task.Succeeded ? context.Show(ProvisioningSheets.Task(task.Value)) : context.Refuse(task.Refusal!);
        });
    }

    private sealed record OneTask(Watchbill.Connectors.Connector Connector, ProvisioningTaskId Task, CancellationToken Stop);
}
