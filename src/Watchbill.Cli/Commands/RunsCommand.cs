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
            if (!connector.Succeeded)
            {
                return context.Refuse(connector.Refusal!);
            }

            var runs = await context.Watchbill.RunsAsync(connector.Value, context.Value(limit), cancellationToken);
            return runs.Succeeded ? context.Show(RunSheets.List(runs.Value)) : context.Refuse(runs.Refusal!);
        });
    }

    private static Command Log(CommandHost host)
    {
        var argument = Argument();
        return host.Handle(new DocumentedCommand("log", "What a run did with each scope") { argument }, async (context, cancellationToken) =>
        {
            var run = await context.Watchbill.RunAsync(new SyncRunId(context.Value(argument)), cancellationToken);
            if (!run.Succeeded)
            {
                return context.Refuse(run.Refusal!);
            }

            var connector = await context.ConnectorAsync(run.Value.ConnectorId.ToString(), cancellationToken);
            var scopes = await context.Watchbill.ScopesAsync(run.Value.Id, cancellationToken);
            return (connector.Refusal ?? scopes.Refusal) is { } refusal ? context.Refuse(refusal) : context.Show(RunSheets.Finished(connector.Value, run.Value, scopes.Value));
        });
    }

    private static Command Confirm(CommandHost host)
    {
        var argument = Argument();
        return host.Handle(new DocumentedCommand("confirm", "Apply exactly what a waiting run read") { argument }, async (context, cancellationToken) =>
        {
            var run = await context.Watchbill.ConfirmAsync(new SyncRunId(context.Value(argument)), cancellationToken);
            return Decided(run, context);
        });
    }

    private static Command Reject(CommandHost host)
    {
        var argument = Argument();
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit log", HelpName = "text", Required = true }.WithText("reason", 500);
        return host.Handle(new DocumentedCommand("reject", "Drop what a waiting run read; the ledger stays as it is") { argument, reason }, async (context, cancellationToken) =>
        {
            var run = await context.Watchbill.RejectAsync(new SyncRunId(context.Value(argument)), context.Value(reason)!, cancellationToken);
            return Decided(run, context);
        });
    }

    private static ExitCode Decided(Result<SyncRun> run, CommandContext context)
    {
        if (!run.Succeeded)
        {
            return context.Refuse(run.Refusal!);
        }

        context.Say($"Run {run.Value.Id}: {Word.Of(run.Value.State)}. {run.Value.Reason}");
        return ExitCode.Ok;
    }
}
