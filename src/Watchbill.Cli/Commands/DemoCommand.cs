using System.CommandLine;
using Watchbill.Cli.Demo;
using Watchbill.Cli.Input;
using Watchbill.Connectors;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill demo</c>: a simulated Sentry, read into a database of its own, and what is striking about it.</summary>
internal sealed class DemoCommand
{
    private const string ConnectorName = "demo";

    private readonly Option<string> _folder = new Option<string>("--folder")
    {
        Description = "Where it keeps its database [default: data]",
        HelpName = "path",
        DefaultValueFactory = _ => "data",
    }.WithText("folder", TextRules.LongText);

    private readonly Option<bool> _noConsole = new("--no-console") { Description = "Read and tell, then end; without a person at the terminal that is so anyway" };
    private readonly Option<bool> _reset = new("--reset") { Description = "Forget the earlier runs and begin anew" };

    public static Command Create(CommandHost host)
    {
        var self = new DemoCommand();
        var command = new DocumentedCommand("demo", "Look around: read a simulated Sentry organization, and be told what is striking; run it again to see what changed")
        {
            Examples = ["./watchbill demo", "./watchbill demo --reset", "./watchbill demo --no-console"],
        };
        command.Add(self._folder);
        command.Add(self._reset);
        command.Add(self._noConsole);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.RefuseServer("watchbill demo");
        var place = new DemoPlace(context.Value(_folder)!);
        if (context.Value(_reset))
        {
            place.Clear();
        }

        context.Use(place.Database);
        var connector = await FindAsync(context, cancellationToken);
        var history = place.NextHistory(isFirst: connector is null, context.Terminal.Clock.GetUtcNow());
        await using var sentry = await StartAsync(history, context, cancellationToken);
        (history with { Port = sentry.Address.Port }).Write(place.HistoryFile);
        context.Say($"A simulated Sentry listens at {sentry.Address} with the organization {DemoSentry.OrganizationSlug}; it ends with this command.");
        var end = await ReadAsync(connector, sentry, context, place, cancellationToken);
        if (context.Terminal is { OutputIsInteractive: true, InputIsInteractive: true } && !context.Value(_noConsole))
        {
            await new DemoConsole(context, place).RunAsync(cancellationToken);
        }

        return end;
    }

    private static async Task<ExitCode> ReadAsync(Connector? connector, DemoSentry sentry, CommandContext context, DemoPlace place, CancellationToken cancellationToken)
    {
        var page = new DemoPage(context, place);
        if (connector is null)
        {
            var connected = await ConnectAsync(sentry, context, cancellationToken);
            if (!connected.Succeeded)
            {
                return context.Refuse(connected.Refusal!);
            }

            connector = connected.Value.Connector;
        }

        var report = new SyncReport(context);
        var run = await report.ReadAsync(connector, SyncMode.Full, cancellationToken);
        if (run is null)
        {
            return ExitCode.Unexpected;
        }

        await page.PrintAsync(connector, run, cancellationToken);
        return ExitCodes.Of(run.State);
    }

    private static async Task<DemoSentry> StartAsync(DemoHistory history, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await DemoSentry.StartAsync(history, context.Terminal.Clock, cancellationToken);
        }
        catch (IOException)
        {
            throw new BadInputException($"Port {history.Port}, which the simulated Sentry of the earlier runs had, is taken. Try again later, or begin anew with: watchbill demo --reset");
        }
    }

    private static async Task<Connector?> FindAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await context.Get<ConnectorQueries>().FindAsync(ConnectorName, context.Caller, cancellationToken);
        return found.Succeeded ? found.Value : null;
    }

    private static Task<Kernel.Result<Connected>> ConnectAsync(DemoSentry sentry, CommandContext context, CancellationToken cancellationToken)
    {
        var input = new ConnectInput
        {
            Name = ConnectorName,
            Address = sentry.Address.ToString(),
            OrganizationSlug = DemoSentry.OrganizationSlug,
            Token = sentry.Token,
            AllowPrivateNetworks = true,
        };
        return context.Get<ConnectSentry>().RunAsync(input, saveAnyway: false, context.Caller, cancellationToken);
    }
}
