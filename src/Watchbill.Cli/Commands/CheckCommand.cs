using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill check</c>: what checks say of an organization.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("check", "Compliance checks: run them, see what they say and of what") { Run(host), List(host), Show(host) };

    private static Command Run(CommandHost host)
    {
        var connector = ConnectorsCommand.Argument();
        var failOn = new Option<Severity>("--fail-on") { Description = "The least severity at which a failing check makes the command fail", HelpName = "severity", DefaultValueFactory = static _ => Severity.Low }
            .AcceptingChoices(Enum.GetValues<Severity>());
        var complete = new Option<bool>("--require-evaluated") { Description = "Fail too when something could not be evaluated" };
        var command = new DocumentedCommand("run", "Run all checks over what is stored now; ends with 8 when some fail")
        {
            Examples = ["./watchbill check run", "./watchbill check run acme --fail-on high --require-evaluated"],
        };
        command.Add(connector);
        command.Add(failOn);
        command.Add(complete);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var named = await context.ConnectorAsync(context.Value(connector), cancellationToken);
            var run = named.Succeeded ? await context.Watchbill.Checks.RunAsync(named.Value.Id, cancellationToken) : named.Refusal!;
            if (!run.Succeeded)
            {
                return context.Refuse(run.Refusal!);
            }

            var shown = context.Show(CheckSheets.Run(run.Value, onlyTrouble: true));
            var grave = CheckQueries.Definitions.Where(check => check.Severity >= context.Value(failOn)).Select(static check => check.Id).ToHashSet(StringComparer.Ordinal);
            return shown is not ExitCode.Ok ? shown
                : run.Value.Rows.Any(row => row.Outcome == Word.Of(CheckOutcome.Fail) && grave.Contains(row.Check)) ? ExitCode.ChecksFail
                : context.Value(complete) && run.Value.Rows.Any(static row => row.NotEvaluated > 0 || row.Outcome == Word.Of(CheckOutcome.NotEvaluated)) ? ExitCode.Incomplete
                : ExitCode.Ok;
        });
    }

    private static Command List(CommandHost host)
    {
        var connector = ConnectorsCommand.Argument();
        return host.Handle(new DocumentedCommand("list", "What every check said in the latest run") { connector }, async (context, cancellationToken) =>
        {
            var named = await context.ConnectorAsync(context.Value(connector), cancellationToken);
            var run = named.Succeeded ? await context.Watchbill.Checks.LatestAsync(named.Value.Id, cancellationToken) : named.Refusal!;
            return run.Succeeded ? context.Show(CheckSheets.Run(run.Value, onlyTrouble: false)) : context.Refuse(run.Refusal!);
        });
    }

    private static Command Show(CommandHost host)
    {
        var check = new Argument<string>("check") { Description = "The check, for example member-inactive" }.WithText("check", TextRules.Name);
        var connector = ConnectorsCommand.Argument();
        var outcome = new Option<CheckOutcome?>("--outcome") { Description = "Only resources with this outcome", HelpName = "outcome" }.AcceptingChoices(Enum.GetValues<CheckOutcome>());
        var command = new DocumentedCommand("show", "What a check looks at, and what it says of each resource, failures first") { Examples = ["./watchbill check show member-inactive --outcome fail -o csv"] };
        command.Add(check);
        command.Add(connector);
        command.Add(outcome);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var id = context.Value(check);
            if (CheckQueries.Definitions.FirstOrDefault(one => one.Id == id) is not { } definition)
            {
                return context.Refuse(ComplianceRefusals.NoSuchCheck(id));
            }

            var named = await context.ConnectorAsync(context.Value(connector), cancellationToken);
            var wanted = context.Value(outcome) is { } one ? Word.Of(one) : null;
            var results = named.Succeeded ? await context.Watchbill.Checks.ResultsAsync(named.Value.Id, id, wanted, cancellationToken) : named.Refusal!;
            return results.Succeeded ? context.Show(CheckSheets.Results(definition, results.Value)) : context.Refuse(results.Refusal!);
        });
    }
}
