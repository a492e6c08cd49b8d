using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill runs</c>: sync runs and their logs, and deciding on those that wait.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("runs", "Sync runs: list them, read their logs, decide on those that wait")
    {
        List(host),
        Log(host),
        RunDifferenceCommand.Create(host),
        Confirm(host),
        Reject(host),
    };

    /// <summary>The argument that names a run.</summary>
    public static Argument<long> Argument() => new("run")
    {
        Description = "The run's number",
        CustomParser = static result =>
        {
            if (long.TryParse(result.Tokens is [var token] ? token.Value : "", System.Globalization.NumberStyles.None, null, out var number))
            {
                return number;
            }

            result.AddError("A run is named by its number; list them with: watchbill runs list.");
            return 0;
        },
    };

    private static Command List(CommandHost host)
    {
        var limit = Numbers.Whole("--limit", "Show at most so many, newest first", 20, (1, 10_000));
        return host.Handle(new DocumentedCommand("list", "List the runs of a connector, newest first") { limit }, async (context, cancellationToken) =>
        {
            var connector = await context.ConnectorAsync(null, cancellationToken);
            return connector.Succeeded
                ? context.Show(RunSheets.List((await context.Get<ConnectorQueries>().RunsAsync(connector.Value.Id, context.Value(limit), context.Caller, cancellationToken)).Value))
                : context.Refuse(connector.Refusal!);
        });
    }

    private static Command Log(CommandHost host)
    {
        var argument = Argument();
        return host.Handle(new DocumentedCommand("log", "What a run did with each scope") { argument }, async (context, cancellationToken) =>
        {
            var queries = context.Get<ConnectorQueries>();
            var run = await queries.RunAsync(new SyncRunId(context.Value(argument)), context.Caller, cancellationToken);
            if (!run.Succeeded)
            {
                return context.Refuse(run.Refusal!);
            }

            var connector = await queries.FindAsync(run.Value.ConnectorId, context.Caller, cancellationToken);
            return connector.Succeeded
                ? context.Show(RunSheets.Finished(connector.Value, run.Value, (await queries.ScopesAsync(run.Value.Id, context.Caller, cancellationToken)).Value))
                : context.Refuse(connector.Refusal!);
        });
    }

    private static Command Confirm(CommandHost host)
    {
        var argument = Argument();
        return host.Handle(new DocumentedCommand("confirm", "Apply exactly what a waiting run read") { argument }, async (context, cancellationToken) =>
        {
            var run = await context.Get<DecideHeldRun>().ConfirmAsync(new SyncRunId(context.Value(argument)), context.Caller, cancellationToken);
            return Decided(run, context);
        });
    }

    private static Command Reject(CommandHost host)
    {
        var argument = Argument();
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit log", HelpName = "text", Required = true }.WithText("reason", 500);
        return host.Handle(new DocumentedCommand("reject", "Drop what a waiting run read; the ledger stays as it is") { argument, reason }, async (context, cancellationToken) =>
        {
            var run = await context.Get<DecideHeldRun>().RejectAsync(new SyncRunId(context.Value(argument)), context.Value(reason)!, context.Caller, cancellationToken);
            return Decided(run, context);
        });
    }

    private static ExitCode Decided(Result<SyncRun> run, CommandContext context)
    {
        if (!run.Succeeded)
        {
            return context.Refuse(run.Refusal!);
        }

        context.Say($"Run {run.Value.Id}: {Choices.Word(run.Value.State)}. {run.Value.Reason}");
        return ExitCode.Ok;
    }
}
