using System.CommandLine;
using Watchbill.Cli.Output;
using Watchbill.Connectors;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill sync</c>: reads an organization and brings the ledger up to it.</summary>
internal sealed class SyncCommand
{
    private static readonly IReadOnlyList<Column<SyncPlanLine>> PlanColumns =
    [
        new("listing", "Listing", static line => line.Listing),
        new("rows", "Rows last time", static line => line.Rows),
        new("requests", "Requests", static line => line.Requests),
        new("note", "Why", static line => line.Note) { IsOptional = true },
    ];

    private readonly Argument<string?> _connector = ConnectorsCommand.Argument();
    private readonly Option<bool> _all = new("--all") { Description = "Every connector that is not paused, one after the other" };
    private readonly Option<bool> _plan = new("--plan") { Description = "Say what it would send, and send nothing" };

    private readonly Option<bool> _incremental = new("--incremental") { Description = "Read only what Sentry's audit log names since the last run; the first run is full all the same" };

    public static Command Create(CommandHost host)
    {
        var self = new SyncCommand();
        var command = new DocumentedCommand("sync", "Read a Sentry organization and bring the ledger up to it")
        {
            Examples = ["./watchbill sync", "./watchbill sync acme --plan", "./watchbill sync --incremental", "./watchbill sync --all"],
        };
        command.Add(self._connector);
        command.Add(self._all);
        command.Add(self._plan);
        command.Add(self._incremental);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Value(_plan) && context.Value(_incremental))
        {
            throw new BadInputException("--plan tells of a full run; what an incremental one reads is known when it has asked the audit log.");
        }

        if (context.Server is null)
        {
            WatchbillServices.Model.Prepare();
        }

        if (context.Value(_all))
        {
            return context.Value(_plan) || (context.Value(_connector) ?? context.ConnectorName) is not null
                ? throw new BadInputException("--all goes with neither --plan nor the name of a connector.")
                : await AllAsync(Mode(context), context, cancellationToken);
        }

        var found = await context.ConnectorAsync(context.Value(_connector), cancellationToken);
        if (!found.Succeeded)
        {
            return context.Refuse(found.Refusal!);
        }

        return context.Value(_plan) ? await PlanAsync(found.Value, context, cancellationToken) : await new SyncReport(context).RunAsync(found.Value, Mode(context), cancellationToken);
    }

    private SyncMode Mode(CommandContext context) => context.Value(_incremental) ? SyncMode.Incremental : SyncMode.Full;

    private static async Task<ExitCode> AllAsync(SyncMode mode, CommandContext context, CancellationToken cancellationToken)
    {
        var connectors = await context.Watchbill.ConnectorsAsync(cancellationToken);
        if (!connectors.Succeeded)
        {
            return context.Refuse(connectors.Refusal!);
        }

        var ends = new List<ExitCode>();
        foreach (var connector in connectors.Value.Where(static connector => connector.State is not ConnectorState.Paused))
        {
            ends.Add(await new SyncReport(context).RunAsync(connector, mode, cancellationToken));
        }

        return ExitCodes.Gravest(ends);
    }

    private static async Task<ExitCode> PlanAsync(Connector connector, CommandContext context, CancellationToken cancellationToken)
    {
        var predicted = await context.Watchbill.PlanAsync(connector, cancellationToken);
        if (!predicted.Succeeded)
        {
            return context.Refuse(predicted.Refusal!);
        }

        var plan = predicted.Value;
        return context.Show(new Sheet<SyncPlanLine>(PlanColumns, plan.Lines)
        {
            Headline = plan.IsExact
                ? $"A sync of {connector.Name} would send {Listing.Count(plan.Requests, "request")} if nothing has grown."
                : $"A sync of {connector.Name} would send at least {Listing.Count(plan.Requests, "request")}; the sizes are known after the first one.",
            About = [("requests", plan.Requests), ("isExact", plan.IsExact)],
        });
    }
}
